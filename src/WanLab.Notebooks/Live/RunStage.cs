using WanLab.Notebooks.Views;
using WanLab.Runs;

namespace WanLab.Notebooks.Live;

/// <summary>The current activity of a run of this process, also where it is too brief for the run's log.</summary>
internal sealed class RunStage
{
    private volatile State _state = new(null, false, null);

    /// <summary>The activity in words; null while steps are made.</summary>
    public string? Words => _state.Words;

    /// <summary>Whether the run has not begun to train.</summary>
    public bool IsPreparing => _state.IsPreparing;

    /// <summary>The parts of the activity that are done; null where that is not known.</summary>
    public (int Done, int Total)? Share => _state.Share;

    /// <summary>Takes in an event of the run.</summary>
    public void Report(RunEvent happened)
    {
        switch (happened)
        {
            case PreparationProgress stage:
                _state = new(EventText.Of(happened), true, (stage.Done, stage.Total));
                break;
            case SamplingProgress sampling:
                _state = new(EventText.Of(happened), false, (sampling.Done, sampling.Total));
                break;
            case StepDone or SampleSaved or SampleFailed or RunEnded or RunResumed:
                _state = new(null, false, null);
                break;
        }
    }

    private sealed record State(string? Words, bool IsPreparing, (int Done, int Total)? Share);
}
