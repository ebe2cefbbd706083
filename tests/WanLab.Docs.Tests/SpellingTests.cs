using System.Diagnostics;

namespace WanLab.Docs.Tests;

/// <summary>codespell, a list of common misspellings, over everything that people write.</summary>
public sealed class SpellingTests
{
    private const string Ignored = "tests/WanLab.Docs.Tests/spelling-ignored.txt";

    // Pictures in notebooks: letters that form no words.
    private const string Pictures = "\"image/[a-z]+\": \"[^\"]*\"";

    private static readonly string[] Endings = [".md", ".ipynb", ".cs", ".cpp", ".h", ".py", ".yaml", ".csproj", ".props"];

    [Fact]
    public void No_word_is_misspelt()
    {
        // Chinese pages and data have no English words to check.
        var files = ProjectFiles.Named(Endings).Where(file => !file.EndsWith(".zh.md", StringComparison.Ordinal)).Append("wanlab");
        var (code, output) = Codespell([.. files]);
        Assert.True(code == 0 && output.Length == 0, $"{output}Correct the words, or add those that are right to {Ignored}.");
    }

    [Fact]
    public void A_misspelt_word_is_found()
    {
        var file = Path.Combine(Path.GetTempPath(), $"wanlab-spelling-{Environment.ProcessId}.md");
        File.WriteAllText(file, string.Concat("We rec", "ieve a clip.\n")); // in two parts, so that this file passes
        try
        {
            var (code, output) = Codespell(file);
            Assert.NotEqual(0, code);
            Assert.Contains("receive", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Code, string Output) Codespell(params string[] files)
    {
        var start = new ProcessStartInfo("codespell",
            ["--ignore-words", Ignored, "--ignore-regex", Pictures, "--builtin", "clear,rare", .. files])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("codespell is missing. './wanlab test' installs it; on Debian: apt-get install codespell.");
        }
    }
}
