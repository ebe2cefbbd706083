using WanLab.Curation;
using WanLab.Curation.Advice;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Views;

/// <summary>Shows decisions about clips, and advice on a set.</summary>
internal static class CurationView
{
    private const int NamedClips = 5;

    public static IEnumerable<Block> Of(CuratedFolder folder)
    {
        var all = folder.Decisions;
        List<(string Clip, string Decision)> edited = [.. all.Where(clip => clip.Decision != "")];
        yield return new Heading($"Decisions about {folder.Folder}",
            $"{Numbers.Of(all.Count, "clip")}, {all.Count - edited.Count} as they are");
        if (edited.Count > 0)
            yield return new TableBlock(["clip", "decision"], [.. edited.Select(each => (string[])[each.Clip, each.Decision])]);
    }

    public static IEnumerable<Block> Of(DatasetAdvice advice)
    {
        yield return new Heading($"Advice for a {advice.Kind.ToString().ToLowerInvariant()} LoRA", advice.Verdict);
        yield return new TableBlock(["grade", "check", "found", "what to do", "clips"], [.. advice.Checks.Select(check => (string[])
        [
            check.Grade == AdviceGrade.Unknown ? "?" : check.Grade.ToString().ToLowerInvariant(), check.Name, check.Found, check.Todo,
            check.Clips.Count == 0 ? "" : Listing.Of(check.Clips, NamedClips),
        ])]);
    }
}
