using System.Text.RegularExpressions;
using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests.Rules;

/// <summary>The words of forbidden-words.txt, and where a text has one.</summary>
internal sealed class ForbiddenWords
{
    private readonly Dictionary<string, string> _instead = new(StringComparer.OrdinalIgnoreCase);
    private readonly Regex _words;

    public ForbiddenWords(string list)
    {
        foreach (var line in list.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split(" = ", 2);
            foreach (var word in parts[0].Split('|')) _instead.Add(word, parts[1]);
        }
        var any = string.Join('|', _instead.Keys.OrderByDescending(word => word.Length).Select(Regex.Escape));
        _words = new Regex($@"(?<![\w-])(?:{any})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.Compiled);
    }

    public static ForbiddenWords OfTheHouse { get; } = new(ProjectFiles.Read("tests/WanLab.Docs.Tests/forbidden-words.txt"));

    public IEnumerable<Fault> In(Prose prose) =>
        from Match match in _words.Matches(prose.Text)
        select new Fault(prose.File, prose.Line, $"'{match.Value}': say {_instead[match.Value]}");
}
