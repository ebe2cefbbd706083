using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;
using WanLab.Datasets;
using WanLab.Jobs.Recipes;

namespace WanLab.Curation.Advice;

/// <summary>Whether a set of clips is fit for its kind of LoRA.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Checks">The checks, in the order of their names' importance.</param>
[TypeFormatterSource]
public sealed record DatasetAdvice(RecipeKind Kind, IReadOnlyList<AdviceCheck> Checks)
{
    /// <summary>The worst grade.</summary>
    public AdviceGrade Grade => Checks.Max(check => check.Grade) is var worst && worst == AdviceGrade.Unknown ? AdviceGrade.Good : worst;

    /// <summary>One sentence about the set.</summary>
    public string Verdict
    {
        get
        {
            var kind = $"a {Kind.ToString().ToLowerInvariant()} LoRA";
            var poor = Named(AdviceGrade.Poor);
            var fair = Named(AdviceGrade.Fair);
            var open = Named(AdviceGrade.Unknown);
            var also = fair.Count > 0 ? $"; also: {Listing.Of(fair, 5)}" : "";
            return (poor.Count > 0 ? $"not fit for {kind} yet: {Listing.Of(poor, 5)}{also}"
                : fair.Count > 0 ? $"usable for {kind}; better with: {Listing.Of(fair, 5)}"
                : $"fit for {kind}") + (open.Count > 0 ? $" (not looked at: {Listing.Of(open, 5)})" : "");
        }
    }

    /// <summary>Checks a set.</summary>
    /// <param name="kind">The kind of LoRA.</param>
    /// <param name="clips">The clips.</param>
    /// <param name="problems">The files that cannot be used.</param>
    /// <param name="options">How the folder will be read.</param>
    internal static DatasetAdvice Of(RecipeKind kind, IReadOnlyList<AdviceClip> clips, IReadOnlyList<ClipProblem> problems,
        DatasetOptions options) => new(kind,
        [
            .. SetChecks.Of(kind, clips, problems, options), .. PictureChecks.Of(kind, clips), .. MotionChecks.Of(kind, clips),
        ]);

    /// <summary>Checks the clips of a folder, with their edits.</summary>
    /// <param name="kind">The kind of LoRA.</param>
    /// <param name="book">The edits.</param>
    /// <param name="scan">The scan of the folder; null leaves out what needs one.</param>
    /// <param name="options">How the folder will be read.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <exception cref="WanLabException">There are no clips, or all are dropped.</exception>
    internal static DatasetAdvice Of(RecipeKind kind, CurationBook book, FolderScan? scan, DatasetOptions options,
        CancellationToken cancellation)
    {
        var (clips, problems) = AdviceClips.Of(book, scan?.Clips.ToDictionary(clip => Path.GetFileName(clip.Path)), cancellation);
        return Of(kind, clips, problems, options);
    }

    private List<string> Named(AdviceGrade grade) => [.. Checks.Where(check => check.Grade == grade).Select(check => check.Name)];
}
