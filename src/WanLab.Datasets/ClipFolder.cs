using System.Runtime.ExceptionServices;
using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>Lists a folder's clips or images, and looks at many of them at a time.</summary>
internal static class ClipFolder
{
    // Enough to keep two cores busy; each probe starts a decoder with its own threads.
    private const int AtOnce = 2;

    /// <summary>The folder's files with one of the endings, in the order of their names; subfolders are not searched.</summary>
    public static string[] Files(string folder, IReadOnlyList<string> extensions) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Has(file, extensions)).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Whether a file's name has one of the endings. Names that start with a dot are leftovers of file systems (such as ._clip.mp4), never
    /// clips.
    /// </summary>
    public static bool Has(string file, IReadOnlyList<string> extensions) =>
        !Path.GetFileName(file).StartsWith('.') && ClipLibrary.HasExtension(file, extensions);

    /// <summary>The finding of <paramref name="look"/> in each file, or why it cannot be used, in the order of the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="look">Looks at a file; called by several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="done">Called after each file, by several threads.</param>
    public static IReadOnlyList<(T? Found, ClipProblem? Problem)> Examine<T>(IReadOnlyList<string> files, Func<string, T> look,
        CancellationToken cancellation, Action<string>? done = null) where T : class
    {
        var found = new (T?, ClipProblem?)[files.Count];
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, i =>
            {
                found[i] = One(files[i], look, cancellation);
                done?.Invoke(files[i]);
            });
        }
        catch (AggregateException e)
        {
            // A cancellation wins over what it made of the clips in work.
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return found;
    }

    // What ends the decoder is no fault of the clip: a cancellation, or a signal to it alone.
    private static (T?, ClipProblem?) One<T>(string file, Func<string, T> look, CancellationToken cancellation) where T : class
    {
        try
        {
            return (look(file), null);
        }
        catch (Exception e) when (e is (WanLabException and not MediaStoppedException) or IOException or UnauthorizedAccessException)
        {
            cancellation.ThrowIfCancellationRequested();
            return (null, new ClipProblem(file, e.Message));
        }
    }
}
