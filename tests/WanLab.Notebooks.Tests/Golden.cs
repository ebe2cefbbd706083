using System.Text.RegularExpressions;

namespace WanLab.Notebooks.Tests;

/// <summary>
/// Compares what is shown with a file in Golden/. With WANLAB_UPDATE_GOLDENS=1 the files are written instead, for a change
/// that is meant: look at the difference before committing it.
/// </summary>
internal static partial class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("WANLAB_UPDATE_GOLDENS") == "1";

    public static void Matches(string name, string actual)
    {
        var file = Path.Combine(Repository.Root, "tests", "WanLab.Notebooks.Tests", "Golden", name);
        actual = Tidy(actual);
        if (Update) File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; make it with WANLAB_UPDATE_GOLDENS=1.");
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }

    // What pictures and videos hold is tested elsewhere; it would hide the rest, and videos depend on the ffmpeg there is.
    private static string Tidy(string text)
    {
        text = Embedded().Replace(text, match => $"data:{match.Groups[1].Value};base64,(...)");
        text = Script().Replace(text, "<script>(...)</script>");
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
    }

    [GeneratedRegex("data:([a-z0-9/+]+);base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Embedded();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}

/// <summary>The folder that holds the solution.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "WanLab.sln")))
                return at.FullName;
        throw new InvalidOperationException($"No WanLab.sln above {folder}.");
    }
}
