using WanLab.Notebooks.Views;
using WanLab.Runs;

namespace WanLab.Notebooks.Live;

/// <summary>What a run of this process is just at; the parts that are too brief for its log.</summary>
internal sealed class RunStage
{
    private volatile string? _words;
    private volatile bool _isPreparing;

    /// <summary>In words; null while steps are made.</summary>
    public string? Words => _words;

    /// <summary>Whether it has not begun to train.</summary>
    public bool IsPreparing => _isPreparing;

    /// <summary>Hears what happens.</summary>
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
