using System.Text.RegularExpressions;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Tutorial;

/// <summary>docs/tutorial-coverage.md names tests and keys: they must be there.</summary>
public sealed partial class CoverageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/tutorial-coverage.md"));

    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)];

    [Fact]
    public void Every_test_it_names_exists()
    {
        var named = Test().Matches(Page).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();
        Assert.True(named.Count > 60, $"{named.Count} tests");

        var missing = named.Where(t => !Sources.Where(f => Path.GetFileName(f) == t.Class + ".cs").Any(
            f => File.ReadAllText(f).Contains($" {t.Method}(", StringComparison.Ordinal)));
        Assert.Empty(missing.Select(t => $"{t.Class}.{t.Method}"));
    }

    [Fact]
    public void Every_row_names_its_test_or_says_why_there_is_none()
    {
        var rows = Page.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.Contains("| Proved by |"))
            .ToList();
        Assert.True(rows.Count > 80, $"{rows.Count} rows");
        Assert.All(rows, row => Assert.True(Test().IsMatch(row.Split('|')[^2]) || row.Split('|')[^2].Contains("the same four"), row));
        Assert.DoesNotContain("pending", Page);
    }

    [Fact]
    public void Every_key_it_names_is_a_key_of_the_job_file()
    {
        var known = JobForm.Keys.Paths.Select(p => p.Replace(".N.", ".")).SelectMany(p => new[] { p, p[..p.LastIndexOf('.')] }).ToHashSet();
        var named = Key().Matches(Page).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count > 50, $"{named.Count} keys");
        Assert.All(named, key => Assert.Contains(key, known));
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Test();

    [GeneratedRegex(
        @"`((?:job|model|quantization|multistage|target|save|training|advanced|datasets|sample|validation|logging)\.(?!yaml)[a-z_.]+[a-z])[`:]")]
    private static partial Regex Key();
}
