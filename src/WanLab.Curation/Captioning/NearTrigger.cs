using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>Finds words that were probably meant as the trigger word.</summary>
internal static partial class NearTrigger
{
    private const int Longish = 8, Shortish = 4;

    /// <summary>The first word of a caption, or the first words, that are nearly the trigger word; null if there are none.</summary>
    public static string? In(string caption, string trigger)
    {
        var text = Captions.ReplaceTrigger(caption, trigger, " ");
        var words = Word().Matches(text);
        var parts = Word().Count(trigger.Replace('_', ' ').Replace('-', ' '));
        for (var k = 0; k < words.Count; k++)
            for (var n = 1; n <= Math.Min(parts, words.Count - k); n++)
            {
                var found = text[words[k].Index..(words[k + n - 1].Index + words[k + n - 1].Length)];
                if (IsNear(found.Replace(' ', '_'), trigger.Replace(' ', '_'))) return found;
            }
        return null;
    }

    // Case and the kind of dash are no distance, so that Frung and wan-cam are found too.
    private static bool IsNear(string word, string trigger)
    {
        var allowed = trigger.Length >= Longish ? 2 : trigger.Length >= Shortish ? 1 : 0;
        return Math.Abs(word.Length - trigger.Length) <= allowed
            && (Spelling.Distance(word, trigger) <= allowed
                || (allowed > 0 && AreSwapped(word.ToLowerInvariant(), trigger.ToLowerInvariant())));
    }

    // Two neighbours changed places, which counts as two edits.
    private static bool AreSwapped(string a, string b)
    {
        if (a.Length != b.Length) return false;
        var at = Enumerable.Range(0, a.Length).Where(k => a[k] != b[k]).ToList();
        return at is [var first, var second] && second == first + 1 && a[first] == b[second] && a[second] == b[first];
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_-]+")]
    private static partial Regex Word();
}
