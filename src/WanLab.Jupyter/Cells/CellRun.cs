namespace WanLab.Jupyter.Cells;

/// <summary>One run of one cell. Code finds its own run by the flow of execution, whatever thread it is on.</summary>
internal sealed class CellRun
{
    private static readonly AsyncLocal<CellRun?> Flowing = new();
    private static CellRun? _latest;
    private readonly TaskCompletionSource _leftBehind = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a run that shows its output in <paramref name="output"/>.</summary>
    public CellRun(ICellOutput output, CancellationToken cancellation, TimeProvider time)
    {
        Output = new BufferedOutput(output, time);
        Cancellation = cancellation;
    }

    /// <summary>
    /// The run that the calling code belongs to. Threads that do not carry the flow of execution, such as those of native
    /// libraries, count to the latest run. Null where no cell has run.
    /// </summary>
    public static CellRun? Current => Flowing.Value ?? Volatile.Read(ref _latest);

    /// <summary>
    /// The run to change an earlier display in: the calling code's own, or the one that runs now where that has ended. Some
    /// clients listen only to the cell that runs.
    /// </summary>
    public static CellRun? CurrentForUpdates =>
        Flowing.Value is { Ended: true } && Volatile.Read(ref _latest) is { Ended: false } latest ? latest : Current;

    /// <summary>Whether the cell's code has returned; what it started may still run.</summary>
    public bool Ended { get; set; }

    /// <summary>The destination of the cell's output, with small writes put together.</summary>
    public BufferedOutput Output { get; }

    /// <summary>Cancelled when the user interrupts the cell.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Knows whether the cell looks at its token; null until it runs.</summary>
    public InterruptScope? Interrupt { get; set; }

    /// <summary>Whether the cell's code waits for something, instead of computing on the thread it was started on.</summary>
    public bool IsAwaiting { get; set; }

    /// <summary>Completes when nobody waits for the cell any more.</summary>
    public Task LeftBehind => _leftBehind.Task;

    /// <summary>Stops waiting for a cell that awaits something; code that computes cannot be left.</summary>
    public void LeaveBehind() => _leftBehind.TrySetResult();

    /// <summary>The error of a thread that the cell started and that threw; null where none did.</summary>
    public CellError? BackgroundError { get; private set; }

    /// <summary>Shows the error of a thread that the cell started.</summary>
    public void FailInBackground(CellError error)
    {
        BackgroundError = error;
        Output.Error(error);
    }

    /// <summary>Pages of help for the client to show next to the notebook.</summary>
    public List<MimeBundle> Pages { get; } = [];

    /// <summary>Makes this the current run of the calling flow and all that it starts.</summary>
    public void Enter()
    {
        Flowing.Value = this;
        Volatile.Write(ref _latest, this);
    }
}
