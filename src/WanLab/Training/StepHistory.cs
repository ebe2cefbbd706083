using WanLab.Runs;

namespace WanLab.Training;

/// <summary>The previews and held-out losses that a run made at the step from which it continues.</summary>
internal sealed class StepHistory
{
    private readonly HashSet<int> _sampled = [];
    private readonly HashSet<Expert> _measured = [];

    /// <summary>Reads what was made at a step. What a run made there before it went back to an earlier step does not count.</summary>
    public static StepHistory Of(RunFolder folder, int step)
    {
        var made = new StepHistory();
        foreach (var (_, happened) in RunReader.Open(folder).Events)
        {
            switch (happened)
            {
                case RunResumed resumed when resumed.Step < step:
                    made._sampled.Clear();
                    made._measured.Clear();
                    break;
                case SampleSaved saved when saved.Step == step:
                    made._sampled.Add(saved.Prompt);
                    break;
                case ValidationDone { Record: var record } when record.Step == step:
                    made._measured.Add(record.Expert);
                    break;
            }
        }
        var there = RunSample.In(folder).Where(sample => sample.Step == step).Select(sample => sample.Prompt);
        made._sampled.IntersectWith(there);
        return made;
    }

    /// <summary>Whether the preview of a prompt is there.</summary>
    public bool Sampled(int prompt) => _sampled.Contains(prompt);

    /// <summary>Whether an expert's held-out loss was measured.</summary>
    public bool Measured(Expert expert) => _measured.Contains(expert);
}
