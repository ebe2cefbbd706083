using System.Text.RegularExpressions;

namespace WanLab.Docs.Tests;

/// <summary>Pages for contributors name files and folders: they must be there.</summary>
public sealed partial class NamedPathsTests
{
    [Theory]
    [InlineData("CONTRIBUTING.md", 10)]
    [InlineData("docs/architecture.md", 40)]
    [InlineData("docs/extending.md", 20)]
    [InlineData("docs/debugging.md", 3)]
    public void Every_path_that_a_page_names_is_there(string page, int atLeast)
    {
        var named = Paths(ProjectFiles.Read(page)).Distinct().ToList();
        Assert.True(named.Count >= atLeast, $"{named.Count} paths");
        Assert.All(named, path => Assert.True(Exists(path), path));
    }

    [Fact]
    public void A_path_is_found_in_inline_code_and_in_commands_and_may_have_a_pattern() => Assert.Equal(
        ["src/WanLab/Jobs", "docs/*.md", "tests/WanLab.Tests"],
        Paths("See `src/WanLab/Jobs`, `Jobs`, `docs/NAME.md`, `docs/*.md`.\n```\ndotnet test tests/WanLab.Tests -c Release\n```\n"));

    [Theory]
    [InlineData("tests/*/WordsTests.cs", true)]
    [InlineData("tests/*/NoTests.cs", false)]
    [InlineData("docs/none.md", false)]
    public void A_pattern_names_at_least_one_file(string path, bool exists) => Assert.Equal(exists, Exists(path));

    private static IEnumerable<string> Paths(string page) =>
        from Match match in Named().Matches(page)
        where !match.Value.Contains("NAME", StringComparison.Ordinal)
        select match.Value.TrimEnd('.', '/');

    private static bool Exists(string path)
    {
        if (!path.Contains('*')) return Path.Exists(ProjectFiles.Full(path));
        var folders = path.Split('/')[..^1].Aggregate(new[] { Repository.Root }.AsEnumerable(), (found, part) =>
            found.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateDirectories(folder, part)));
        return folders.Any(folder => Directory.EnumerateFileSystemEntries(folder, path.Split('/')[^1]).Any());
    }

    [GeneratedRegex(@"(?<![\w./-])(?:src|tests|docs|tools|notebooks|benchmarks|datasets-example)/[\w./*-]+")]
    private static partial Regex Named();
}
