using WanLab.Notebooks.Views;
using WanLab.Review;

namespace WanLab.Notebooks;

/// <summary>A run's state as text.</summary>
public static class RunSnapshotText
{
    /// <summary>One line that says where a run stands: state, step, losses, pace, time left.</summary>
    public static string Line(this RunSnapshot run) => RunView.Line(run);
}
