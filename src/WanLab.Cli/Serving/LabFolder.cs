using System.Text.Json;
using System.Text.Json.Nodes;

namespace WanLab.Cli.Serving;

/// <summary>The user's own folder for notebooks: copies of WanLab's notebooks and example data sets, and whatever the user adds.</summary>
internal static class LabFolder
{
    /// <summary>The page that the lab opens with.</summary>
    public const string Welcome = "Welcome.ipynb";

    private const string Examples = "datasets-example";

    /// <summary>The folder where people find it again, in their home.</summary>
    public static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "wanlab");

    /// <summary>The folder that WanLab was built in, which holds the notebooks.</summary>
    /// <param name="program">The build's folder.</param>
    /// <exception cref="WanLabException">The notebooks are no longer there.</exception>
    public static string Source(string program)
    {
        for (var at = Path.GetFullPath(program); at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "notebooks", Welcome))) return at;
        throw new WanLabException($"{program}: WanLab's notebooks are in no folder above it. Keep the folder that WanLab was built in, " +
            "or open a folder of your own: wanlab lab DIR.");
    }

    /// <summary>Adds what is missing; what is there stays as it is.</summary>
    /// <param name="source">The folder that WanLab was built in.</param>
    /// <param name="folder">The user's folder; made if need be.</param>
    /// <returns>What was added: notebooks and data sets by name.</returns>
    /// <exception cref="WanLabException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Fill(string source, string folder)
    {
        var added = new List<string>();
        try
        {
            foreach (var notebook in Directory.GetFiles(Path.Combine(source, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal))
            {
                var copy = Path.Combine(folder, Path.GetFileName(notebook));
                if (File.Exists(copy)) continue;
                AtomicFile.WriteText(copy, Moved(File.ReadAllText(notebook), Path.Combine(source, "wanlab")));
                added.Add(Path.GetFileName(notebook));
            }
            foreach (var example in Directory.GetDirectories(Path.Combine(source, Examples)).Order(StringComparer.Ordinal))
            {
                var copy = Path.Combine(folder, Examples, Path.GetFileName(example));
                if (Directory.Exists(copy)) continue;
                CopyFolder(example, copy);
                added.Add(Path.Combine(Examples, Path.GetFileName(example)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException(
                $"{folder}: the notebooks cannot be copied there: {e.Message} Name another folder: wanlab lab DIR.", e);
        }
        return added;
    }

    // In the source tree the examples are next to the folder of notebooks; here both are in one, as the command line wants it. The
    // command line itself stays where it was built.
    private static string Moved(string notebook, string launcher)
    {
        var json = JsonNode.Parse(notebook)!;
        foreach (var cell in json["cells"]!.AsArray())
            cell!["source"] = cell["source"] is JsonArray lines
                ? new JsonArray([.. lines.Select(line => (JsonNode)Inside((string)line!))])
                : Inside((string)cell["source"]!);
        return json.ToJsonString(new JsonSerializerOptions(Jupyter.Wire.Json.Compact) { WriteIndented = true, IndentSize = 1 }) + "\n";

        string Inside(string text) => text.Replace($"../{Examples}/", $"{Examples}/", StringComparison.Ordinal)
            .Replace("notebooks/runs/", "runs/", StringComparison.Ordinal)
            .Replace("./wanlab ", launcher.Contains(' ') ? $"'{launcher}' " : $"{launcher} ", StringComparison.Ordinal);
    }

    // Under another name until it is whole, so that a copy that was interrupted is made again.
    private static void CopyFolder(string from, string to)
    {
        var unfinished = $"{to}.unfinished";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(unfinished, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Directory.Move(unfinished, to);
    }
}
