using WanLab.Docs.Tests.Rules;

namespace WanLab.Docs.Tests;

/// <summary>Lines of code end before a reader has to scroll.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140;

    [Fact]
    public void Lines_over_140_characters_become_fewer_until_none_is_left() => Allowance.Holds("long-lines",
        from file in ProjectFiles.Named(".cs", ".cpp", ".h", ".py")
        from line in ProjectFiles.Read(file).Split('\n').Index()
        where line.Item.Length > Longest
        select new Fault(file, line.Index + 1, $"{line.Item.Length} characters"));
}
