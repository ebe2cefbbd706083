using WanLab.Curation.Scanning;
using WanLab.Datasets;

namespace WanLab.Curator;

/// <summary>The scan of the folder, which continues while the page is used.</summary>
internal sealed class CuratorScan
{
    private readonly Lock _one = new();
    private readonly Dictionary<string, ClipScan> _clips = [];
    private int _done, _total;
    private string? _problem;
    private bool _isOver;

    /// <summary>The scan of a clip as far as it is known; null for one that is not examined yet.</summary>
    public ClipScan? Of(string name)
    {
        lock (_one) return _clips.GetValueOrDefault(name);
    }

    /// <summary>Files examined, all files, whether the scan is over, and why it failed.</summary>
    public (int Done, int Total, bool IsOver, string? Problem) Progress
    {
        get
        {
            lock (_one) return (_done, _total, _isOver, _problem);
        }
    }

    /// <summary>Scans to the end or until it is stopped.</summary>
    public void Run(CuratorOptions options, CancellationToken cancellation)
    {
        try
        {
            var scan = FolderScan.Of(options.Folder, new ScanRequest
            {
                CacheFolder = options.CacheFolder,
                Progress = new Counter(this),
                Found = clip =>
                {
                    lock (_one) _clips[Path.GetFileName(clip.Path)] = clip;
                },
            }, cancellation);
            lock (_one)
                foreach (var clip in scan.Clips) _clips[Path.GetFileName(clip.Path)] = clip;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (WanLabException e)
        {
            lock (_one) _problem = e.Message;
        }
        lock (_one) _isOver = true;
    }

    private sealed class Counter(CuratorScan scan) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            lock (scan._one) (scan._done, scan._total) = (Math.Max(scan._done, value.Done), value.Total);
        }
    }
}
