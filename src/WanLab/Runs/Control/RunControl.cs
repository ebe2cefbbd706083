using System.Collections.Concurrent;
using WanLab.Models;

namespace WanLab.Runs.Control;

/// <summary>
/// Steers a training from other threads. Commands are carried out between two steps, in the order given; each returned task
/// ends, with a word on what was done, when its command is done.
/// </summary>
public sealed class RunControl
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<RunOrder> _orders = new();
    private readonly SemaphoreSlim _given = new(0);
    private volatile bool _ended;

    /// <summary>Waits after the step that is being made.</summary>
    public Task<string> Pause() => Give(new RunCommand.Pause());

    /// <summary>Goes on after a pause.</summary>
    public Task<string> Resume() => Give(new RunCommand.Resume());

    /// <summary>Writes a checkpoint now.</summary>
    public Task<string> SaveNow() => Give(new RunCommand.Save());

    /// <summary>Makes all previews now.</summary>
    public Task<string> SampleNow() => Give(new RunCommand.Sample());

    /// <summary>Trains on with other learning rates, one number for both experts or one each. The run's job.yaml follows.</summary>
    public Task<string> SetLearningRate(PerExpert learningRate) =>
        learningRate is { High: > 0 and <= 1, Low: > 0 and <= 1 }
            ? Give(new RunCommand.SetLearningRate(learningRate))
            : throw new WanLabException($"A learning rate must be above 0 and at most 1, not {learningRate.High} and {learningRate.Low}.");

    /// <summary>Ends the run with its state saved.</summary>
    public Task<string> Stop() => Give(new RunCommand.Stop());

    /// <summary>Gives a command.</summary>
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

    // Until a command is given, or it is time to look for commands of other processes.
    internal void Wait(CancellationToken cancellation)
    {
        try
        {
            _given.Wait(LookAgain, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The caller looks at the token itself.
        }
    }

    // A run that has ended answers whatever is still asked of it.
    internal void End()
    {
        _ended = true;
        while (TryTake(out var order)) order.Fail("the run has ended");
    }
}

/// <summary>A command and where its answer goes.</summary>
internal sealed class RunOrder(RunCommand command)
{
    public RunCommand Command { get; } = command;

    /// <summary>Told the answer on the run's thread; an error begins with "error: ".</summary>
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
        _ = Done.Task.Exception; // seen here: who gave the command need not look
    }
}
