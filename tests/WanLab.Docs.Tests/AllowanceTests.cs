using WanLab.Docs.Tests.Rules;

namespace WanLab.Docs.Tests;

/// <summary>The counts of faults that may only shrink.</summary>
public sealed class AllowanceTests
{
    private static readonly Fault[] Two = [new("src/WanLab/A.cs", 3, "bad"), new("src/WanLab/Jobs/B.cs", 7, "worse")];

    [Fact]
    public void As_many_faults_as_are_allowed_pass() =>
        Assert.Empty(Allowance.Complaints(Allowance.Parse("# head\nwords src/WanLab 2\nother docs 1\n"), "words", Two));

    [Fact]
    public void One_more_fails_and_every_fault_of_the_place_is_shown() =>
        Assert.Equal(
            ["src/WanLab has 2 faults of the rule 'words' and may have 1:\n  src/WanLab/A.cs:3: bad\n  src/WanLab/Jobs/B.cs:7: worse"],
            Allowance.Complaints(Allowance.Parse("words src/WanLab 1\n"), "words", Two));

    [Fact]
    public void One_fewer_must_be_written_down() =>
        Assert.Equal(
            "docs has 0 faults of the rule 'words', fewer than the 1 in tests/WanLab.Docs.Tests/allowance.txt: " +
            "write the new count there, or run with WANLAB_UPDATE_GOLDENS=1.",
            Assert.Single(Allowance.Complaints(Allowance.Parse("words src/WanLab 2\nwords docs 1\n"), "words", Two)));

    [Theory]
    [InlineData("README.md", ".")]
    [InlineData("docs/lab.md", "docs")]
    [InlineData("src/WanLab/Training/TrainingStep.cs", "src/WanLab")]
    [InlineData("tests/goldens/README.md", "tests/goldens")]
    public void Counts_are_kept_by_project_or_folder(string file, string place) => Assert.Equal(place, ProjectFiles.PlaceOf(file));
}
