using System.Text;
using System.Text.Json.Nodes;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>The keys of the job file for people and editors: <c>wanlab explain</c>, docs/job-file.md and the JSON schema.</summary>
internal static class JobKeys
{
    /// <summary>Name of the schema's file next to a job that WanLab wrote.</summary>
    public const string SchemaFile = "wanlab-job.schema.json";

    private const string Introduction = """
        # The job file

        A job file describes one training run. It is YAML; only `job.name` and one dataset must be given. `wanlab check JOB` shows the
        whole job with all defaults, and every problem of it. A run folder keeps the whole job as `job.yaml`.

        - Relative paths start at the folder of the job file.
        - `--set KEY=VALUE` changes a key for one command; entries of lists have numbers, as in `--set datasets.0.num_frames=17`.
        - `none` or nothing after the colon means that a key has no value, where it need not have one.
        - *On resume* says whether a key may change between a run and its continuation (`wanlab train JOB --resume`).
        - `wanlab explain KEY` says the same on the command line. Editors with a YAML language server complete and check job files
          that begin with `# yaml-language-server: $schema=`[`job.schema.json`](job.schema.json).

        This page is generated: `wanlab explain --markdown > docs/job-file.md`.

        """;

    /// <summary>All keys, sections before the keys in them.</summary>
    public static IReadOnlyList<KeyDescription> All { get; } = JobForm.Keys.Describe();

    /// <summary>Finds the key with a name. Numbers of list entries may be left out: <c>datasets.num_frames</c>.</summary>
    /// <exception cref="WanLabException">There is no such key; the message names the nearest.</exception>
    public static KeyDescription Find(string name)
    {
        var plain = Plain(name);
        if (All.FirstOrDefault(key => Plain(key.Name) == plain) is { } found) return found;
        var nearest = KeySuggestion.Nearest(name, [.. All.Where(key => !key.IsOverride).Select(key => key.Name)]);
        throw new WanLabException($"'{name}' is not a key of the job file; did you mean '{nearest}'?");
    }

    /// <summary>The keys directly below a section.</summary>
    public static IReadOnlyList<KeyDescription> Below(KeyDescription section) =>
        [.. All.Where(key => !key.IsOverride && Parent(Plain(key.Name)) == Plain(section.Name))];

    /// <summary>Says in words whether a key may change on resume.</summary>
    public static string OnResume(KeyDescription key) => key.OnResume switch
    {
        Change.Free => "may change",
        Change.FreeAboveZero => "may change, but not to or from 0",
        _ => "may not change",
    };

    /// <summary>The text of docs/job-file.md.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder(Introduction);
        foreach (var section in All.Where(key => key.IsSection && !key.Name.Contains('.')))
        {
            text.Append($"\n## {section.Name}\n\n{section.Meaning}\n\n");
            text.Append("| key | default | values | meaning | on resume |\n|---|---|---|---|---|\n");
            foreach (var key in All.Where(key => !key.IsOverride && IsBelow(key.Name, section.Name)))
                text.Append($"| `{Plain(key.Name)[(section.Name.Length + 1)..]}` | {string.Join(" | ", Cells(key))} |\n");
        }
        return text.ToString();
    }

    /// <summary>The JSON schema with which editors check and complete job files.</summary>
    public static string Schema()
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = "WanLab job" };
        foreach (var (name, value) in JobForm.Keys.Schema().ToList()) schema[name] = value?.DeepClone();
        return schema.ToJsonString(SnakeJson.Indented) + "\n";
    }

    /// <summary>The first line of a job file, which names its schema to editors.</summary>
    /// <param name="schema">Path of the schema, relative to the job file.</param>
    public static string SchemaLine(string schema) => $"# yaml-language-server: $schema={schema}\n";

    private static IEnumerable<string> Cells(KeyDescription key)
    {
        string[] cells =
        [
            key.IsSection ? "" : key.Default is null ? "required" : $"`{key.Default}`",
            key.IsSection ? "" : key.Allowed,
            string.Join(" ", [key.Meaning, .. key.Words.Select(word => $"`{word.Word}`: {word.Meaning}")]),
            key.IsSection ? "" : OnResume(key),
        ];
        return cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal));
    }

    private static bool IsBelow(string name, string section) => name.StartsWith(section + ".", StringComparison.Ordinal);

    private static string Plain(string name) =>
        string.Join('.', name.Split('.').Where(part => part != "N" && !part.All(char.IsAsciiDigit)));

    private static string Parent(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "";
}
