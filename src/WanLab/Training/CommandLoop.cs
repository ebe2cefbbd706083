using WanLab.Runs;
using WanLab.Runs.Control;

namespace WanLab.Training;

/// <summary>Carries out, between two steps, the commands given to a run, and waits while it is paused.</summary>
internal sealed class CommandLoop(RunControl control, ControlFolder files, Action<RunEvent> report)
{
    public required Action<int> Save { get; init; }

    public required Action<int> Sample { get; init; }

    public required Action<int, PerExpert> SetLearningRate { get; init; }

    /// <summary>Carries out all waiting commands; returns when the run may continue, or false if it must stop.</summary>
    public bool Obey(int step, CancellationToken cancellation)
    {
        var paused = false;
        while (true)
        {
            files.Collect(control);
            while (control.TryTake(out var order))
            {
                if (order.Command is RunCommand.Stop)
                {
                    order.Succeed($"stops after step {step}");
                    return false;
                }
                Do(order, step, ref paused);
            }
            if (!paused || cancellation.IsCancellationRequested) return true;
            control.Wait(cancellation);
        }
    }

    private void Do(RunOrder order, int step, ref bool paused)
    {
        try
        {
            switch (order.Command)
            {
                case RunCommand.Pause:
                    if (!paused) report(new RunPaused(step));
                    paused = true;
                    order.Succeed($"paused after step {step}");
                    break;
                case RunCommand.Resume:
                    if (paused) report(new RunContinued(step));
                    order.Succeed(paused ? $"continues after step {step}" : "was not paused");
                    paused = false;
                    break;
                case RunCommand.Save:
                    Save(step);
                    order.Succeed(step == 0
                        ? "saved step 0: only the state, since nothing is trained yet"
                        : $"saved step {step} and pinned it, so it is never deleted");
                    break;
                case RunCommand.Sample:
                    Sample(step);
                    order.Succeed($"made the previews of step {step}");
                    break;
                case RunCommand.SetLearningRate rate:
                    SetLearningRate(step, rate.LearningRate);
                    order.Succeed($"learning rate changed after step {step}");
                    break;
            }
        }
        catch (Exception e)
        {
            order.Fail(e.Message); // whoever asked always receives an answer
            if (e is not WanLabException) throw; // after an error that the user can correct, the run continues
        }
    }
}
