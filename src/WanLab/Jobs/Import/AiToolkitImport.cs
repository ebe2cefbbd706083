using System.Text;
using WanLab.Training;
using WanLab.Training.Validation;
using WanLab.Yaml;

namespace WanLab.Jobs.Import;

/// <summary>
/// Turns ai-toolkit's jobs for Wan 2.2 I2V 14B into WanLab's, keeping their meaning: their boundary, bias and
/// share semantics and defaults are kept, and each key that could not be carried over is reported.
/// </summary>
internal static partial class AiToolkitImport
{
    private const string Architecture = "wan22_14b_i2v";
    private static readonly string[] Trainers = ["sd_trainer", "ui_trainer", "diffusion_trainer"];

    /// <summary>Reads a foreign job.</summary>
    /// <param name="path">The file, YAML or JSON.</param>
    /// <param name="model">The base model's folder; null keeps the folder named in the file.</param>
    /// <exception cref="WanLabException">The file is not a job of ai-toolkit, not for this model, or has an invalid
    /// value.</exception>
    public static ImportedJob Read(string path, string? model = null)
    {
        var state = new ImportState(path);
        var root = SourceFile.Read(path);
        if (root.Find("config.process") is not YamlList { Items.Count: > 0 }) throw NotTheirs(path, root);

        var top = new SourceSection(root, "", state);
        top.Ignore("job", "meta");
        var config = top.Section("config");
        state.Name = config.Text("name") ?? throw new WanLabException($"{path}: config.name is missing; give the run a name.");
        var processes = config.Sections("process");
        var process = processes[0];
        CheckProcess(path, process);
        if (processes.Count > 1)
            config.Note("process", ImportOutcome.Dropped,
                $"holds {processes.Count} runs; the first is imported. Put each of the others into its own file.");

        var job = Carry(config, process, state, model);
        var nodes = JobForm.Keys.Changes(job);
        RequireUsable(path, nodes);
        // The other entries of the list belong to other runs, so their keys are not part of this job.
        var notes = state.AllNotes()
            .Where(n => !OtherProcess().IsMatch(n.Key))
            .Select(n => n with { Key = n.Key.Replace("config.process.0.", "", StringComparison.Ordinal) })
            .ToList();
        return new ImportedJob(job, Head(path, notes) + YamlText.Emit(nodes), notes);
    }

    private static TrainingJob Carry(SourceSection config, SourceSection process, ImportState state, string? model)
    {
        var parts = new ImportedParts(process, process.Section("train"));
        var job = parts.Job(LegalName(config, state.Name));
        job = job with
        {
            Model = ImportedModel.Model(process.Section("model"), parts, model, out var quantization, out var multistage),
            Quantization = quantization,
            Multistage = multistage,
            Target = parts.Target(process.Section("network")),
            Save = parts.Save(process.Section("save")),
            Training = ImportedTraining.Training(parts.Train, job.TriggerWord),
            Datasets = [.. process.Sections("datasets").SelectMany(d => ImportedDatasets.Dataset(d, job.TriggerWord))],
            Sample = ImportedSample.Sample(process.Section("sample"), parts.Train),
            Validation = new ValidationOptions { Every = 0 },
        };
        if (job.Datasets.Count == 0)
            throw new WanLabException($"{state.File}: datasets: there are none; give at least one folder of clips.");
        parts.Rest();
        return job;
    }

    // A number out of range there would be a job that 'check' refuses; files and folders may still come.
    private static void RequireUsable(string path, YamlNode nodes)
    {
        var context = new ReadContext(JobForm.Keys.Paths);
        context.Saw("", nodes);
        JobRules.Check(JobForm.Keys.Read(nodes, context), context);
        if (!context.HasErrors) return;
        var errors = context.Problems
            .Where(problem => problem.Severity == Severity.Error)
            .Select(problem => $"  {problem.Key}: {problem.Message}");
        throw new WanLabException($"{path}: holds values that WanLab cannot train with, here under WanLab's keys:\n" +
            $"{string.Join('\n', errors)}\nCorrect the file, then import it again.");
    }

    private static void CheckProcess(string path, SourceSection process)
    {
        if (process.Text("type") is var type && !Trainers.Contains(type))
            throw new WanLabException(
                $"{path}: config.process.0.type: '{type}' does not train; only {string.Join(", ", Trainers)} can be imported.");
    }

    /// <summary>Refuses other models.</summary>
    internal static void CheckArchitecture(string file, string? architecture)
    {
        if (architecture?.Split(':')[0] != Architecture)
            throw new WanLabException(
                $"{file}: model.arch: {(architecture is null ? "is missing" : $"'{architecture}' is another model")}; " +
                    $"only {Architecture} can be imported, because WanLab trains only this model.");
    }

    private static WanLabException NotTheirs(string path, YamlMap root) =>
        root.Find("job.name") is not null && root.Find("datasets") is not null
        ? new WanLabException($"{path}: is already a WanLab job; train it with: wanlab train {path}")
        : new WanLabException($"{path}: is not a job of ai-toolkit: it has no list 'config: process:'. " +
            "Give the file with which its trainer is started, or the one that its UI shows.");

    private static string LegalName(SourceSection config, string name)
    {
        var legal = Illegal().Replace(name, "_");
        if (legal.Length > RunNameAttribute.MaxLength) legal = legal[..RunNameAttribute.MaxLength];
        if (legal.Trim('.').Length == 0) legal = "imported";
        if (legal != name)
            config.Note("name", ImportOutcome.Changed,
                $"'{YamlScalar.Short(name)}' became '{legal}': a name holds letters, digits, '_', '-' and '.', at most " +
                $"{RunNameAttribute.MaxLength}");
        return legal;
    }

    private static string Head(string path, IReadOnlyList<ImportNote> notes)
    {
        var text = new StringBuilder();
        text.Append(
            $"# Imported from {Path.GetFileName(path)}. Keys not written here have WanLab's defaults, which mean the same.\n");
        if (notes.Count > 0) text.Append("# Changed or not carried over, by line of that file:\n");
        foreach (var note in notes) text.Append($"#   {note.ToString().ReplaceLineEndings(" ")}\n");
        return text.Append('\n').ToString();
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex Illegal();

    [GeneratedRegex(@"\Aconfig\.process\.[1-9]")]
    private static partial Regex OtherProcess();
}
