using WanLab.Content;

namespace WanLab.Training.Validation;

/// <summary>Finds files that hold the same clip under two names.</summary>
internal static class SameClips
{
    /// <summary>Pairs of files with equal bytes, one of each list. Only files of equal size are read.</summary>
    /// <exception cref="WanLabException">A file cannot be read.</exception>
    public static IReadOnlyList<(string HeldOut, string Trained)> Of(IEnumerable<string> heldOut, IEnumerable<string> trained)
    {
        var hashes = new FileHashes();
        var bySize = trained.Distinct().ToLookup(Size);
        return
        [
            .. from held in heldOut.Distinct()
               from other in bySize[Size(held)]
               where other != held && hashes.Of(other) == hashes.Of(held)
               select (held, other),
        ];
    }

    private static long Size(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : -1;
}
