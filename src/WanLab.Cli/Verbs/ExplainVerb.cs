using System.CommandLine;
using WanLab.Jobs;
using WanLab.Options;
using WanLab.Yaml;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab explain</c>: shows the meaning, default and limits of a key of the job file.</summary>
internal static class ExplainVerb
{
    public static Command Create(CliContext context)
    {
        var key = new Argument<string?>("KEY")
        {
            Description = "A key or section, such as training.timestep_bias; without it, the sections are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var markdown = new Option<bool>("--markdown") { Description = "Show the page of all keys, docs/job-file.md." };
        var schema = new Option<bool>("--schema")
        {
            Description = "Show the JSON schema that editors check job files by, docs/job.schema.json.",
        };
        var command = new Command("explain", "Explain a key of the job file: meaning, values, default, change on resume.")
        {
            key, markdown, schema,
        };
        command.SetAction((parsed, _) =>
        {
            var text = parsed.GetValue(markdown) ? JobKeys.Markdown()
                : parsed.GetValue(schema) ? JobKeys.Schema()
                : (parsed.GetValue(key) is { } name ? Key(JobKeys.Find(name)) : Sections()).Replace("`", "", StringComparison.Ordinal);
            context.Out.Profile.Out.Writer.Write(text);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static string Key(KeyDescription key)
    {
        var below = JobKeys.Below(key);
        string[] lines =
        [
            key.Name,
            $"  {key.Meaning}",
            .. key.Words.Select(word => $"    {word.Word}: {word.Meaning}"),
            .. key.IsSection ? [] : Values(key),
            .. key.Missing is null ? [] : new[] { $"  required:  {key.Missing}" },
            .. below.Count == 0 ? [] : below.Select(Row).Prepend("  keys:"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static IEnumerable<string> Values(KeyDescription key) =>
    [
        $"  values:    {key.Allowed}",
        $"  default:   {(key.IsOverride ? "that of the section" : key.Default ?? "none")}",
        $"  on resume: {JobKeys.OnResume(key)}{(key.OnResume == Change.Free || key.Reason is null ? "" : $" ({key.Reason})")}",
    ];

    private static string Sections() =>
        "Sections of the job file (wanlab explain SECTION or KEY says more):\n"
        + string.Concat(JobKeys.All.Where(key => !key.Name.Contains('.')).Select(key => Row(key) + "\n"));

    private static string Row(KeyDescription key)
    {
        var name = key.Name[(key.Name.LastIndexOf('.') + 1)..];
        return $"    {name,-24}  {key.Meaning}";
    }
}
