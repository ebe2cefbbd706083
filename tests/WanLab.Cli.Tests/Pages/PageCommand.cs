using System.Text;
using System.Text.RegularExpressions;

namespace WanLab.Cli.Tests.Pages;

/// <summary>A command of a documentation page that starts with <c>./wanlab</c>.</summary>
/// <param name="Line">Line of the page, from 1.</param>
/// <param name="Words">Words after the launcher's name, as a shell would split them.</param>
/// <param name="IsMention">Whether it stands within a sentence, where a verb may be named without its arguments.</param>
internal sealed partial record PageCommand(int Line, IReadOnlyList<string> Words, bool IsMention = false)
{
    private const string Launcher = "./wanlab", Off = "<!-- commands: off -->", On = "<!-- commands: on -->";

    /// <summary>Verbs of the launcher itself, which the command line does not know.</summary>
    private static readonly string[] OwnVerbs = ["test", "fuzz"];

    /// <summary>The arguments of the command line: what is left after the launcher's own options.</summary>
    public IReadOnlyList<string> Arguments
    {
        get
        {
            var rest = Words.AsEnumerable();
            while (rest.FirstOrDefault() is { } first)
            {
                if (first == "--torch") rest = rest.Skip(2);
                else if (first == "--no-install" || first.StartsWith("--torch=", StringComparison.Ordinal)) rest = rest.Skip(1);
                else break;
            }
            return [.. rest];
        }
    }

    /// <summary>Whether the launcher runs it without the command line.</summary>
    public bool IsLaunchers => Arguments is [] || OwnVerbs.Contains(Arguments[0]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Words);

    /// <summary>
    /// The commands of a page: in fenced and indented blocks, and in spans of code that begin with one. A page may hold examples of
    /// something else between two marks.
    /// </summary>
    public static IEnumerable<PageCommand> Of(string page)
    {
        var (fenced, off) = (false, false);
        var variables = new Dictionary<string, string>();
        var lines = page.Replace("\\\n", " \u0001").Split('\n'); // a continued line keeps the count of lines by its mark
        var number = 1;
        foreach (var line in lines)
        {
            var at = number;
            number += 1 + line.Count(c => c == '\u0001');
            var text = line.Replace("\u0001", "");
            if (text.Trim() is Off or On) off = text.Trim() == Off;
            else if (text.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                variables.Clear();
            }
            else if (off) continue;
            else if (fenced || text.StartsWith("    ", StringComparison.Ordinal))
                foreach (var words in Shell(text, variables)) yield return new PageCommand(at, words);
            else
                foreach (Match span in InlineCode().Matches(text))
                    foreach (var words in Shell(span.Groups[1].Value, [])) yield return new PageCommand(at, words, IsMention: true);
        }
    }

    // The commands of one line; assignments are kept for the lines below.
    private static IEnumerable<IReadOnlyList<string>> Shell(string line, Dictionary<string, string> variables)
    {
        var words = Split(Variable().Replace(line, match => variables.GetValueOrDefault(match.Groups[1].Value, match.Value)));
        if (words is [var only] && Assignment().Match(only) is { Success: true } set)
            variables[set.Groups[1].Value] = set.Groups[2].Value;
        var command = new List<string>();
        foreach (var word in words.Append(";"))
        {
            if (word is not ("&&" or "|" or ";" or ">"))
            {
                command.Add(word);
                continue;
            }
            var start = command.FindIndex(w => !Assignment().IsMatch(w));
            if (start >= 0 && command[start] == Launcher) yield return command[(start + 1)..];
            command.Clear();
            if (word == ">") command.Add(word); // the name of the file after it is no command
        }
    }

    // Words as a shell splits them; $(...) is one word, whatever is in it.
    private static List<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var k = 0; k < line.Length; k++)
        {
            var c = line[k];
            if (c == '$' && k + 1 < line.Length && line[k + 1] == '(' && line.LastIndexOf(')') is var end and >= 0)
            {
                (word ??= new()).Append("RESULT");
                k = end;
            }
            else if (c is '"' or '\'')
            {
                word ??= new();
                for (k++; k < line.Length && line[k] != c; k++)
                {
                    if (c == '"' && line[k] == '$' && k + 1 < line.Length && line[k + 1] == '(')
                    {
                        word.Append("RESULT");
                        k = line.LastIndexOf(')');
                    }
                    else word.Append(line[k]);
                }
            }
            else if (c == '#' && word is null) break;
            else if (c is ' ' or '\t' or ';')
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
                if (c == ';') words.Add(";");
            }
            else (word ??= new()).Append(c);
        }
        if (word is not null) words.Add(word.ToString());
        return words;
    }

    [GeneratedRegex("`(\\./wanlab [^`]*)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\$([A-Za-z_]\w*)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^([A-Za-z_]\w*)=(.*)$")]
    private static partial Regex Assignment();
}
