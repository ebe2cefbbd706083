using Spectre.Console;
using WanLab.Sampling;

namespace WanLab.Cli;

/// <summary>Shows the progress of sampling: a bar and the time left for each stage that takes time.</summary>
internal static class StageProgress
{
    /// <summary>Runs work that reports its stages.</summary>
    public static void Run(IAnsiConsole console, Action<Action<SampleProgress>> work) =>
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

    private static string? Name(SampleStage stage) => stage switch
    {
        SampleStage.Text => "prompts",
        SampleStage.Image => "image",
        SampleStage.Denoise => "steps",
        SampleStage.Decode => "frames",
        _ => null,
    };
}
