using Spectre.Console;
using WanLab.Sampling;

namespace WanLab.Cli;

/// <summary>Shows the progress of sampling: a bar and the time left for each stage that takes time; a file or pipe gets lines.</summary>
internal static class StageProgress
{
    private const int Lines = 5; // of the denoising, in a file or pipe

    /// <summary>Runs work that reports its stages.</summary>
    public static void Run(IAnsiConsole console, Action<Action<SampleProgress>> work)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            var lines = new StageLines();
            work(progress =>
            {
                if (lines.Next(progress) is { } line) console.WriteRaw(line);
            });
            return;
        }
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(),
                new ElapsedTimeColumn())
            .Start(context =>
            {
                var bars = new Dictionary<SampleStage, ProgressTask>();
                work(progress =>
                {
                    if (Name(progress.Stage) is not { } name) return;
                    if (!bars.TryGetValue(progress.Stage, out var bar))
                        bars[progress.Stage] = bar = context.AddTask(name, maxValue: progress.Total);
                    bar.Value = progress.Done;
                });
            });
    }

    /// <summary>The name of a stage; null for one that takes no time.</summary>
    private static string? Name(SampleStage stage) => stage switch
    {
        SampleStage.Text => "prompts",
        SampleStage.Image => "image",
        SampleStage.Denoise => "steps",
        SampleStage.Decode => "frames",
        _ => null,
    };

    /// <summary>The lines of a pipe: one for a stage that is done, and every fifth of the steps.</summary>
    internal sealed class StageLines
    {
        private (SampleStage Stage, int Part) _said = (default, -1);

        /// <summary>The line for some progress; null where nothing is new.</summary>
        public string? Next(SampleProgress progress)
        {
            var part = progress.Total == 0 ? Lines : progress.Done * Lines / progress.Total;
            if (progress.Stage != SampleStage.Denoise && progress.Done < progress.Total) return null;
            if (Name(progress.Stage) is not { } name || part == 0 || _said == (progress.Stage, part)) return null;
            _said = (progress.Stage, part);
            return $"{name}: {progress.Done} of {progress.Total}";
        }
    }
}
