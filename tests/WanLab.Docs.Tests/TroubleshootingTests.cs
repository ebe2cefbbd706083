using System.Text.RegularExpressions;

namespace WanLab.Docs.Tests;

/// <summary>The messages that docs/troubleshooting.md explains are ones that a user can meet.</summary>
public sealed partial class TroubleshootingTests
{
    private const int Shortest = 12;

    // Messages of the libraries below.
    private static readonly string[] Foreign = ["Unrecognized command or argument", "Access to the path"];

    private static string Source { get; } = Joins().Replace(
        string.Concat(ProjectFiles.Named(".cs").Where(file => file.StartsWith("src/", StringComparison.Ordinal)).Append("wanlab")
            .Select(ProjectFiles.Read)), "").Replace("\\\"", "\"");

    [Fact]
    public void Every_message_of_the_page_is_one_that_the_program_writes()
    {
        var pieces = Pieces(ProjectFiles.Read("docs/troubleshooting.md")).ToList();
        Assert.True(pieces.Count > 40, $"{pieces.Count} pieces of messages");
        Assert.Empty(pieces.Where(piece => !Source.Contains(piece, StringComparison.Ordinal)).Except(Foreign));
    }

    [Fact]
    public void A_message_is_taken_apart_at_what_varies() => Assert.Equal(
        ["frames were decoded", "the folder is missing", "on another disk"],
        Pieces("""
            | it says | do |
            |---|---|
            | `41 frames were decoded 2.5 s`, `'a.mp4': the folder is missing ... on another disk` | `this is no message` |
            """));

    // The first column of the tables, without names, numbers and what is too short to be a message.
    private static IEnumerable<string> Pieces(string page) =>
        from line in page.Split('\n')
        where line.StartsWith('|')
        from Match message in Code().Matches(line.Split('|')[1])
        from piece in Varying().Split(message.Groups[1].Value)
        let text = piece.Trim(' ', ',', '.', '?')
        where text.Length >= Shortest
        select text;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\.\.\.|\d+(?:\.\d+)?|'[^']*'|[:;()]|runs/orbit|DIR")]
    private static partial Regex Varying();

    // The seam of a text that is written in two lines.
    [GeneratedRegex("\"\\s*\\+\\s*(?:FormattableString\\.Invariant\\()?\\$?\"")]
    private static partial Regex Joins();
}
