using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests.Rules;

/// <summary>A summary is a sentence or a noun phrase that makes sense without the code below it.</summary>
internal static class SummaryShape
{
    private static readonly string[] Openers = ["What", "Whose", "Where", "How", "Of", "It", "Its", "Which", "Who"];

    public static IEnumerable<Fault> Fault(Prose summary)
    {
        var first = summary.Text.Split(' ', ',', '.', '\'')[0];
        if (Openers.Contains(first))
            yield return new Fault(summary.File, summary.Line,
                $"starts with '{first}'; write a sentence or a noun phrase that makes sense on its own: \"{summary.Text}\"");
    }
}
