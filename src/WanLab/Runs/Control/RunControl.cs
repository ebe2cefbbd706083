using System.Collections.Concurrent;

namespace WanLab.Runs.Control;

/// <summary>
/// Controls a running training from other threads. Commands are carried out between two steps, in the order given; each returned
/// task completes when its command is done, with a sentence about what was done.
/// </summary>
internal sealed class RunControl
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<RunOrder> _orders = new();
    private readonly SemaphoreSlim _given = new(0);
    private volatile bool _ended;

    /// <summary>Pauses the run after the current step.</summary>
    public Task<string> Pause() => Give(new RunCommand.Pause());

    /// <summary>Continues after a pause.</summary>
    public Task<string> Resume() => Give(new RunCommand.Resume());

    /// <summary>Writes a checkpoint now.</summary>
    public Task<string> SaveNow() => Give(new RunCommand.Save());

    /// <summary>Makes all previews now.</summary>
    public Task<string> SampleNow() => Give(new RunCommand.Sample());

    /// <summary>Continues with other learning rates: one number for both experts, or one for each. The run's job.yaml is updated.</summary>
    public Task<string> SetLearningRate(PerExpert learningRate) =>
        learningRate is { High: > 0 and <= 1, Low: > 0 and <= 1 }
            ? Give(new RunCommand.SetLearningRate(learningRate))
            : throw new WanLabException($"A learning rate must be above 0 and at most 1, not {learningRate.High} and {learningRate.Low}.");

    /// <summary>Ends the run with its state saved.</summary>
    public Task<string> Stop() => Give(new RunCommand.Stop());

    /// <summary>Gives a command to the run.</summary>
    public Task<string> Give(RunCommand command)
    {
        var order = new RunOrder(command);
        Add(order);
        return order.Done.Task;
    }

    internal void Add(RunOrder order)
    {
        _orders.Enqueue(order);
        _given.Release();
        if (_ended) End();
    }

    internal bool TryTake(out RunOrder order) => _orders.TryDequeue(out order!);

    // Wait until a command is given, or it is time to look for commands of other processes.
    internal void Wait(CancellationToken cancellation)
    {
        try
        {
            _given.Wait(LookAgain, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller checks the token itself.
        }
    }

    // A run that has ended answers all commands that are still waiting.
    internal void End()
    {
        _ended = true;
        while (TryTake(out var order)) order.Fail("the run has ended");
    }
}

/// <summary>A command and the receiver of its answer.</summary>
internal sealed class RunOrder(RunCommand command)
{
    public RunCommand Command { get; } = command;

    /// <summary>Called with the answer on the run's thread; an error begins with "error: ".</summary>
    public Action<string> Answered { get; set; } = _ => { };

    public TaskCompletionSource<string> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Succeed(string message)
    {
        Answered(message);
        Done.TrySetResult(message);
    }

    public void Fail(string message)
    {
        Answered("error: " + message);
        Done.TrySetException(new WanLabException(message));
        _ = Done.Task.Exception; // observed here, because whoever gave the command may ignore it
    }
}
