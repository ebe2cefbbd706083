using WanLab.Runs;

namespace WanLab.Review;

/// <summary>An answer, in words, to whether a run learns: by the losses on held-out clips, less the base model's.</summary>
internal static class LearningVerdict
{
    /// <summary>Some words for each expert that was measured after its first steps; nothing before that.</summary>
    public static IReadOnlyList<(Expert Expert, string Words)> Of(IReadOnlyList<ValidationRecord> records) =>
    [
        .. from expert in Experts.All
           let own = records.Where(record => record.Expert == expert && record.Step > 0).OrderBy(record => record.Step).ToList()
           where own.Count > 0
           select (expert, Words(own)),
    ];

    private static string Words(IReadOnlyList<ValidationRecord> records)
    {
        var last = records[^1];
        if (!double.IsFinite(last.Difference)) return $"the held-out loss at step {last.Step} is no number; the training has diverged";
        var best = records.Where(record => double.IsFinite(record.Difference)).MinBy(record => record.Difference)!;
        var share = last.BaseLoss == 0 ? 0 : last.Difference / last.BaseLoss;
        var place = Numbers.Percent(Math.Abs(share)) + (share < 0 ? " below" : " above");
        var where = $"held-out loss {place} the base model's at step {last.Step}";
        // The interval is of the clips: where it reaches 0, other clips might have said the opposite.
        var isSure = last.Upper < 0 || last.Lower > 0;
        if (!isSure) return $"{where}, which may be chance{(last.Upper is null ? " (one clip)" : "")}";
        return $"{where}{Course(records, last, best)}";
    }

    private static string Course(IReadOnlyList<ValidationRecord> records, ValidationRecord last, ValidationRecord best)
    {
        if (records.Count == 1) return "";
        if (best == last && records[^2].Difference - last.Difference > Noticeable(last)) return ", still falling";
        var alike = records.Reverse().TakeWhile(record => record.Difference - best.Difference <= Noticeable(best)).LastOrDefault();
        return alike is null
            ? $"; it was lowest at step {best.Step} and has risen since"
            : $", about the same since step {alike.Step}";
    }

    // A twentieth of what was gained; smaller steps are not worth a word.
    private static double Noticeable(ValidationRecord record) => Math.Abs(record.Difference) / 20;
}
