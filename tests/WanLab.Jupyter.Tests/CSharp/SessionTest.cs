using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Notebooks;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.CSharp;

/// <summary>Base of tests that run cells without a client.</summary>
public abstract class SessionTest : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly Interpreter _interpreter;
    private int _count;

    protected SessionTest()
    {
        Directory.SetCurrentDirectory(_folder.Path);
        _interpreter = new Interpreter(Path.Combine(_folder.Path, "packages"), Time);
    }

    internal FakeTimeProvider Time { get; } = new();

    internal TempFolder Folder => _folder;

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal async Task<Shown> RunAsync(string code, CancellationToken cancellation = default)
    {
        var shown = new Shown();
        await _interpreter.ExecuteAsync(code, $"cell {++_count}", new CellRun(shown, cancellation, Time));
        return shown;
    }

    /// <summary>What a cell showed.</summary>
    internal sealed class Shown : ICellOutput
    {
        public WanLab.Widgets.IWidgetHost? Widgets => null;

        public string Out { get; private set; } = "";

        public string Errors { get; private set; } = "";

        public List<MimeBundle> Displays { get; } = [];

        public MimeBundle? Value { get; private set; }

        public CellError? Error { get; private set; }

        /// <summary>The value as plain text.</summary>
        public string? Text =>
            Error is null ? Value?.Forms["text/plain"] : throw new InvalidOperationException(string.Join('\n', Error.Traceback));

        public void Stream(string name, string text)
        {
            if (name == "stdout") Out += text;
            else Errors += text;
        }

        public void Display(MimeBundle data, string displayId) => Displays.Add(data);

        public void Update(MimeBundle data, string displayId) => Displays.Add(data);

        public void Result(MimeBundle data) => Value = data;

        void ICellOutput.Error(CellError error) => Error = error;

        public void Clear(bool wait) => Displays.Clear();

        public Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation) => Task.FromResult("answer");
    }
}
