using WanLab.Notebooks.Views;
using WanLab.Runs;

namespace WanLab.Notebooks.Live;

/// <summary>The current activity of a run of this process, also where it is too brief for the run's log.</summary>
internal sealed class RunStage
{
    private volatile string? _words;
    private volatile bool _isPreparing;

    /// <summary>The activity in words; null while steps are made.</summary>
    public string? Words => _words;

    /// <summary>Whether the run has not begun to train.</summary>
    public bool IsPreparing => _isPreparing;

    /// <summary>Takes in an event of the run.</summary>
    public void Report(RunEvent happened)
    {
        switch (happened)
        {
            case PreparationProgress:
                (_words, _isPreparing) = (EventText.Of(happened), true);
                break;
            case SamplingProgress:
                (_words, _isPreparing) = (EventText.Of(happened), false);
                break;
            case StepDone or SampleSaved or SampleFailed or RunEnded or RunResumed:
                (_words, _isPreparing) = (null, false);
                break;
        }
    }
}
