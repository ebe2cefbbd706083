using Spectre.Console;
using WanLab.Curation.Scanning;
using WanLab.Datasets;

namespace WanLab.Cli;

/// <summary>Shows the progress of work on many files: a bar with the time left; a file or pipe gets a line for each tenth.</summary>
internal static class FolderProgress
{
    /// <summary>Runs work that reports each file.</summary>
    public static T Run<T>(CliContext context, string title, Func<IProgress<ScanProgress>, T> work)
    {
        if (!context.Error.Profile.Capabilities.Interactive) return work(new Lines(context, title));
        T? result = default;
        context.Error.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var bar = progress.AddTask(title);
                result = work(new Bar(bar, title));
            });
        return result!;
    }

    /// <summary>Scans a folder of clips, with progress; what was scanned before is not decoded again.</summary>
    /// <param name="context">Where the progress is shown.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the scan.</param>
    /// <param name="only">Names of the only files to scan; null scans all.</param>
    public static FolderScan Scan(CliContext context, string folder, CancellationToken cancellation,
        IReadOnlyCollection<string>? only = null) =>
        Run(context, "scanning", progress => FolderScan.Of(folder,
            new ScanRequest { CacheFolder = CacheFolder.Encodings, Progress = progress, Only = only }, cancellation));

    private sealed class Bar(ProgressTask task, string title) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            lock (task)
            {
                task.MaxValue = value.Total;
                task.Value = Math.Max(task.Value, value.Done);
                task.Description = Markup.Escape($"{title} {value.Done} of {value.Total}");
            }
        }
    }

    private sealed class Lines(CliContext context, string title) : IProgress<ScanProgress>
    {
        private const int Parts = 10;

        private readonly long _start = context.Time.GetTimestamp();
        private int _said;

        public void Report(ScanProgress value)
        {
            lock (context)
            {
                var part = value.Done * Parts / value.Total;
                if (value.Total < 2 * Parts || part <= _said || value.Done == value.Total) return;
                _said = part;
                var left = context.Time.GetElapsedTime(_start) * ((double)(value.Total - value.Done) / value.Done);
                context.Error.WriteRaw($"{title}: {value.Done} of {value.Total} files, about {Numbers.Duration(left)} left");
            }
        }
    }
}
