using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;

namespace WanLab.Curation;

/// <summary>Looks at the clips of a folder before they are trained on.</summary>
public static class Clips
{
    /// <summary>
    /// Scans a folder: for each clip its cuts, black, still and frozen stretches, bars, copies of other clips, light, sharpness, signs that
    /// stay, and how it moves. A clip that was scanned before is not decoded again.
    /// </summary>
    /// <param name="folder">The folder; subfolders are not searched.</param>
    /// <exception cref="WanLabException">The folder or ffmpeg is missing, or there is nothing to scan.</exception>
    public static FolderScan Scan(string folder) =>
        FolderScan.Of(folder, new ScanRequest { CacheFolder = CacheFolder.Encodings }, Interrupt.Token);

    /// <summary>Opens a folder of raw clips to decide what is to be done with them. The clips themselves are never changed.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="WanLabException">There is no such folder, or its decisions cannot be read.</exception>
    public static CuratedFolder Edit(string folder) => new(CurationBook.Open(folder, TimeProvider.System), TimeProvider.System);
}
