using System.CommandLine;
using System.Text.Json.Nodes;
using WanLab.Notebooks;
using WanLab.Notebooks.Blocks;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab runs</c>: the runs in a folder, or the settings in which runs differ.</summary>
internal static class RunsVerb
{
    public static Command Create(CliContext context)
    {
        var named = new Argument<string[]>("RUNS")
        {
            Description = "A folder of runs (default: runs), or two or more runs to compare their settings.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = JsonOutput.Option();
        var command = new Command("runs", "List runs with their state, or compare the settings of some.") { named, json };
        command.SetAction(parsed =>
        {
            var (folders, asJson) = (parsed.GetValue(named) ?? [], parsed.GetValue(json));
            if (folders.Length > 1) Compare(folders, asJson, context);
            else List(RunTable.In(folders is [var folder] ? folder : "runs"), asJson, context);
        });
        return command;
    }

    private static void List(IReadOnlyList<RunSnapshot> runs, bool asJson, CliContext context)
    {
        if (asJson) JsonOutput.Write(context.Out, new JsonArray([.. runs.Select(Json)]));
        else
        {
            context.Out.Show(Block(RunTable.Of(runs)));
            if (RunTable.HasHeldOut(runs))
                context.Out.WriteRaw("held out: loss on held-out clips less the base model's, so below 0 is better");
        }
    }

    private static void Compare(string[] folders, bool asJson, CliContext context)
    {
        var runs = folders.Select(folder => LabRun.Read(RunFolder.Existing(folder))).ToList();
        var table = RunTable.Differences(runs);
        if (asJson)
        {
            JsonOutput.Write(context.Out, new JsonObject
            {
                ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Folder.Path)]),
                ["settings"] = new JsonObject(table.Rows.Select(row => KeyValuePair.Create(row[0],
                    (JsonNode?)new JsonArray([.. row.Skip(1).Select(value => (JsonNode)value)])))),
            });
            return;
        }
        if (table.Rows.Count == 0) context.Out.WriteRaw("These runs have the same settings.");
        else context.Out.Show(Block(table));
    }

    private static TableBlock Block(Table table) => new(table.Columns, table.Rows);

    private static JsonNode Json(RunSnapshot run) => new JsonObject
    {
        ["run"] = run.Folder.Name,
        ["folder"] = run.Folder.Path,
        ["state"] = run.Status.ToString().ToLowerInvariant(),
        ["step"] = run.Step,
        ["steps"] = run.TotalSteps,
        ["held_out"] = new JsonObject(run.Validation.GroupBy(record => record.Expert).Select(group =>
            KeyValuePair.Create(group.Key.ToString().ToLowerInvariant(),
                double.IsFinite(group.Last().Difference) ? (JsonNode?)group.Last().Difference : null))),
    };
}
