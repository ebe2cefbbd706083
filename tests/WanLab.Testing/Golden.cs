using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WanLab.Testing;

/// <summary>
/// Compares text with a file of the nearest folder Golden above the test's source. With WANLAB_UPDATE_GOLDENS=1 the files are
/// written instead, for a change that is meant: look at the difference before you commit it.
/// </summary>
public static partial class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("WANLAB_UPDATE_GOLDENS") == "1";

    /// <summary>Fails unless the golden file of this name, with its ending, holds the text.</summary>
    public static void Matches(string name, string actual, [CallerFilePath] string source = "")
    {
        var file = Path.Combine(FolderFor(source), name);
        actual = Tidy(actual);
        if (Update) File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; make it with WANLAB_UPDATE_GOLDENS=1.");
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }

    // The compiler's path is that of the build. The checkout may have moved since, so only the part below tests/ counts.
    private static string FolderFor(string source)
    {
        var tests = Path.Combine(Repository.Root, "tests");
        var below = source[(source.LastIndexOf("/tests/", StringComparison.Ordinal) + "/tests/".Length)..];
        for (var at = Path.GetDirectoryName(below); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            var folder = Path.Combine(tests, at, "Golden");
            if (Directory.Exists(folder)) return folder;
        }
        throw new InvalidOperationException($"No folder Golden above {source}.");
    }

    // Other tests look at the content of pictures and videos; here it would hide the rest, and videos depend on the ffmpeg that
    // made them. Tables pad their last column; editors cut that off in the files.
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
