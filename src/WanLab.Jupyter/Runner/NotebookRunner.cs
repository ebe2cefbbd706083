using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;

namespace WanLab.Jupyter.Runner;

/// <summary>A report about one cell of a notebook that runs.</summary>
/// <param name="Number">The cell, counted from 1.</param>
/// <param name="Total">Number of cells with code.</param>
/// <param name="Code">The cell's code.</param>
/// <param name="Elapsed">How long it took; null when it starts.</param>
/// <param name="Error">Why it failed; null where it did not, or not yet.</param>
internal sealed record NotebookProgress(int Number, int Total, string Code, TimeSpan? Elapsed, CellError? Error);

/// <summary>Runs a notebook's cells in order and puts what they show into it.</summary>
/// <param name="interpreter">An empty session.</param>
/// <param name="time">The clock.</param>
internal sealed class NotebookRunner(Interpreter interpreter, TimeProvider time)
{
    /// <summary>A cell with this label may fail; the notebook shows the error and continues.</summary>
    public const string MayFail = "raises-exception";

    private readonly DisplayPlaces _places = new();
    private readonly Lock _keeping = new();
    private readonly List<DoneCell> _done = [];
    private DoneCell? _running;

    /// <summary>
    /// Called when the notebook holds something new: before each cell, with a note that the program ended in it, in case it does;
    /// and after each cell.
    /// </summary>
    public Action Save { get; init; } = () => { };

    /// <summary>Runs the notebook until a cell fails.</summary>
    /// <param name="notebook">The notebook; its outputs are replaced. Cells that were not reached have none.</param>
    /// <param name="parameters">Values for the variables of its cell labelled <c>parameters</c>.</param>
    /// <param name="goOn">Whether to continue after a cell that fails.</param>
    /// <param name="report">Called for every cell when it starts and when it ends.</param>
    /// <param name="cancellation">Interrupts the cell that runs, and ends the notebook.</param>
    /// <returns>How many cells failed that must not.</returns>
    /// <exception cref="WanLabException">The notebook has no such parameter.</exception>
    public async Task<int> RunAsync(
        Notebook notebook, IReadOnlyList<NotebookParameter> parameters, bool goOn, Action<NotebookProgress> report,
        CancellationToken cancellation)
    {
        NotebookParameter.Inject(notebook, parameters);
        var cells = notebook.CodeCells;
        foreach (var cell in cells) cell.SetOutputs(null, []);
        var failed = 0;
        for (var k = 0; k < cells.Count && !cancellation.IsCancellationRequested; k++)
        {
            var code = cells[k].Source;
            if (string.IsNullOrWhiteSpace(code)) continue;
            report(new NotebookProgress(k + 1, cells.Count, code, null, null));
            var started = time.GetTimestamp();
            var error = await RunAsync(cells[k], code, cancellation);
            if (cells[k].Tags.Contains(MayFail)) error = null;
            error ??= _done.FirstOrDefault(cell => cell.FailedInBackground)?.TakeBackgroundError();
            report(new NotebookProgress(k + 1, cells.Count, code, time.GetElapsedTime(started), error));
            if (error is null) continue;
            failed++;
            if (!goOn) break;
        }
        Keep();
        return failed;
    }

    /// <summary>Keeps what the cells have shown so far when the program is about to end while one of them runs.</summary>
    /// <returns>What happened, for the user; null where no cell runs.</returns>
    public CellError? KeepAtEnd()
    {
        if (_running is not { } running) return null;
        running.Run.Output.Flush();
        Keep();
        return ErrorText.ProgramEnded(running.Name);
    }

    private async Task<CellError?> RunAsync(NotebookCell cell, string code, CancellationToken cancellation)
    {
        var number = _done.Count + 1;
        var output = new NotebookOutput(number, _places);
        var done = new DoneCell(cell, number, output, new CellRun(output, cancellation, time));
        _done.Add(done);
        _running = done;
        Keep();
        var error = await Task.Run(() => interpreter.ExecuteAsync(code, done.Name, done.Run), CancellationToken.None);
        foreach (var page in done.Run.Pages) output.Display(page, Guid.NewGuid().ToString("N"));
        _running = null;
        Keep();
        return error;
    }

    // All cells each time: a later cell, or a task that ran on, may have changed what an earlier one shows.
    private void Keep()
    {
        lock (_keeping)
        {
            foreach (var done in _done)
            {
                var outputs = done.Output.Snapshot();
                if (done == _running) outputs.Add(NotebookOutput.Of(ErrorText.ProgramEnded(done.Name)));
                done.Cell.SetOutputs(done.Number, outputs);
            }
            Save();
        }
    }

    private sealed record DoneCell(NotebookCell Cell, int Number, NotebookOutput Output, CellRun Run)
    {
        private bool _isTaken;

        public string Name => $"cell {Number}";

        public bool FailedInBackground => Run.BackgroundError is not null && !_isTaken && !Cell.Tags.Contains(MayFail);

        public CellError? TakeBackgroundError()
        {
            _isTaken = true;
            return Run.BackgroundError;
        }
    }
}
