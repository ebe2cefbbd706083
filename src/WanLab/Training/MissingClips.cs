using WanLab.Datasets;

namespace WanLab.Training;

/// <summary>
/// Decides whether a run may start without some of its clips. A few bad ones are usual; many mean that something else is wrong, such
/// as a disk that is not there or a program that fails, and a run without them is not the one that was wanted.
/// </summary>
/// <param name="consent">Whether a run that misses many clips may start; receives the question.</param>
internal sealed class MissingClips(Func<string, bool> consent)
{
    private const int Most = 10; // one in so many may be left out without a question
    private const int Named = 5;
    private int _agreed;

    /// <summary>Whether a run does not start without so many clips unless it is allowed to.</summary>
    public static bool AreMany(int missing, int files) => missing * Most > files;

    /// <summary>Asks for consent if more than a tenth of the files are left out, and more than were agreed to before.</summary>
    /// <param name="files">All files of the datasets.</param>
    /// <param name="problems">Those that are left out.</param>
    /// <exception cref="WanLabException">There was no consent.</exception>
    public void Ask(int files, IReadOnlyList<ClipProblem> problems)
    {
        var missing = problems.Select(problem => problem.Path).Distinct().Count();
        if (!AreMany(missing, files) || missing <= _agreed) return;
        var lines = Listing.Lines([.. problems.Select(problem => problem.Message)], Named);
        var what = $"{missing} of {files} clips cannot be used and would be left out:{lines}";
        if (!consent(what)) throw new MissingClipsException(what);
        _agreed = missing;
    }
}
