using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Cli.Planning;
using WanLab.Curation.Captioning;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Views;
using WanLab.Planning;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary>
/// <c>wanlab check</c>: finds every problem of a job that can be found without training: of the settings, the clips and the model's files.
/// </summary>
internal static class CheckVerb
{
    public static Command Create(CliContext context)
    {
        var (job, set) = (JobOptions.Job(), JobOptions.Set());
        var yaml = new Option<bool>("--job") { Description = "Print only the whole job, with every setting, as a job file." };
        var kind = CaptionOptions.Kind();
        var json = JsonOutput.Option();
        var command = new Command("check", "Check a job: its settings, its model's files, its clips; nothing is trained.")
        {
            job, set, yaml, kind, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (file, settings) = (parsed.GetRequiredValue(job), parsed.GetValue(set) ?? []);
            return Task.FromResult(parsed.GetValue(yaml) ? Print(file, settings, context)
                : new Check(context, parsed.GetValue(json), CaptionOptions.KindOf(parsed.GetValue(kind)), cancellation)
                    .Run(file, settings));
        });
        return command;
    }

    private static int Print(string file, IReadOnlyList<string> settings, CliContext context)
    {
        var job = JobReader.Load(file, settings).Noted(context);
        context.Out.WriteRaw(JobWriter.Write(job).TrimEnd());
        return ExitCode.Success;
    }

    private sealed class Check(CliContext context, bool json, RecipeKind? kind, CancellationToken cancellation)
    {
        private readonly List<Note> _notes = [];

        public int Run(string file, IReadOnlyList<string> settings)
        {
            var reading = JobReader.Read(file, settings);
            foreach (var problem in reading.Problems) Add(JobView.Problem(problem));
            // What can be looked at is looked at, although a file or layer that the job names is missing.
            var datasets = reading.Draft is { } draft ? Datasets(draft) : [];
            var model = reading.Draft is { } sound && !reading.Errors.Any(error => error.Key.StartsWith("model", StringComparison.Ordinal))
                ? ModelCheck.Problems(sound.Model)
                : [];
            foreach (var problem in model) Add(new Note(NoteKind.Error, problem));
            var plan = reading.Job is { } job ? Plan(job, datasets, model.Count == 0) : null;
            var errors = _notes.Count(note => note.Kind == NoteKind.Error);
            if (json)
            {
                JsonOutput.Write(context.Out, Json(file, errors, datasets, plan));
                return errors == 0 ? ExitCode.Success : ExitCode.UserError;
            }
            if (plan is not null)
            {
                context.Out.WriteRaw("");
                context.Out.Show(PlanView.Short(plan));
                context.Out.WriteRaw($"The long form: wanlab plan {file}; every setting: wanlab check --job {file}");
            }
            if (errors > 0) context.Out.WriteRaw($"{Numbers.Of(errors, "error")}; correct the job as described above, then check again.");
            else context.Out.WriteRaw(Verdict(datasets, plan!));
            return errors == 0 ? ExitCode.Success : ExitCode.UserError;
        }

        private IReadOnlyList<Dataset> Datasets(TrainingJob job)
        {
            var found = new List<Dataset>();
            foreach (var options in job.Datasets.Where(options => Directory.Exists(options.Path)))
            {
                try
                {
                    var dataset = ClipLibrary.Scan(options, job.TriggerWord, cancellation: cancellation,
                        cacheFolder: CacheFolder.Encodings);
                    found.Add(dataset);
                    foreach (var note in DatasetView.Notes(dataset, int.MaxValue)) Add(note);
                    var flaws = CaptionLint.Of(dataset, kind ?? JobKind.Of(job), job.TriggerWord, job.Training.Dop.Class,
                        new MeasuredMotions(CacheFolder.Encodings).Known(dataset.Clips.Select(clip => clip.Path)));
                    foreach (var line in CaptionFlaw.Lines(flaws)) Add(new Note(NoteKind.Warning, line));
                    if (!json) context.Out.WriteRaw(DatasetView.Sentence(dataset));
                }
                catch (WanLabException e)
                {
                    Add(new Note(NoteKind.Error, e.Message));
                }
            }
            return found;
        }

        private JobPlan? Plan(TrainingJob job, IReadOnlyList<Dataset> datasets, bool hasModel)
        {
            if (LongTexts.Tokenizer(job.Model) is { } tokenizer)
            {
                using (tokenizer)
                    foreach (var warning in LongTexts.Warnings(tokenizer, datasets, Preparation.PreviewTexts(job)))
                        Add(new Note(NoteKind.Warning, warning));
            }
            if (DeviceCheck.Problem(job.Device) is { } device) Add(new Note(NoteKind.Error, device));
            if (!hasModel || datasets.Count < job.Datasets.Count) return null;
            try
            {
                var plan = Planner.Plan(job, datasets, DeviceMemory.Of(job.Device));
                foreach (var warning in plan.Warnings) Add(new Note(NoteKind.Warning, warning));
                if (!plan.Fits) Add(new Note(NoteKind.Warning, PlanView.TooLarge(plan)));
                return plan;
            }
            catch (WanLabException e)
            {
                Add(new Note(NoteKind.Error, e.Message));
                return null;
            }
        }

        private void Add(Note note)
        {
            _notes.Add(note);
            if (!json) context.Out.Show(note);
        }

        private string Verdict(IReadOnlyList<Dataset> datasets, JobPlan plan)
        {
            var warnings = _notes.Count(note => note.Kind == NoteKind.Warning);
            var clips = datasets.SelectMany(dataset => dataset.Clips).Select(clip => clip.Path).Distinct().Count();
            var missing = datasets.SelectMany(dataset => dataset.Problems).Select(problem => problem.Path).Distinct().Count();
            if (MissingClips.AreMany(missing, clips + missing))
                context.Out.WriteRaw($"{missing} of {clips + missing} clips cannot be used, so 'wanlab train' stops and asks: repair or " +
                    "remove them, or train with --allow-missing.");
            var facts = $"{Numbers.Of(clips, "clip")}, {Numbers.Size(plan.Buckets.Count == 0 ? 0 : plan.Buckets[0].Memory.Total)}"
                + $"{(PlanView.TimeOf(plan) is { } time ? $", about {time}" : "")}";
            return warnings == 0 ? $"ok: {facts}" : $"{Numbers.Of(warnings, "warning")}: {facts}";
        }

        private JsonObject Json(string file, int errors, IReadOnlyList<Dataset> datasets, JobPlan? plan) => new()
        {
            ["job"] = file,
            ["ok"] = errors == 0,
            ["errors"] = Texts(NoteKind.Error),
            ["warnings"] = Texts(NoteKind.Warning),
            ["clips"] = datasets.SelectMany(dataset => dataset.Clips).Select(clip => clip.Path).Distinct().Count(),
            ["items"] = datasets.Sum(dataset => dataset.Clips.Count),
            ["left_out"] = datasets.Sum(dataset => dataset.Problems.Count),
            ["plan"] = plan is null ? null : PlanView.Json(plan),
        };

        private JsonArray Texts(NoteKind kind) =>
            [.. _notes.Where(note => note.Kind == kind).Select(note =>
                (JsonNode)(string.IsNullOrEmpty(note.Place) ? note.Words : $"{note.Place}: {note.Words}"))];
    }
}
