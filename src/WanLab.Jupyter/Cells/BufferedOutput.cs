using System.Text;
using WanLab.Widgets;

namespace WanLab.Jupyter.Cells;

/// <summary>
/// Puts small writes to a stream together: Jupyter's server drops what exceeds a thousand messages a second. All other
/// output waits for the text before it, so that the order is kept. Can be used from any thread.
/// </summary>
internal sealed class BufferedOutput(ICellOutput output, TimeProvider time) : ICellOutput
{
    private const int Full = 1 << 18;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private string _name = "stdout";
    private ITimer? _timer;

    /// <inheritdoc/>
    public IWidgetHost? Widgets => output.Widgets;

    /// <inheritdoc/>
    public void Stream(string name, string text)
    {
        lock (_lock)
        {
            if (name != _name) FlushLocked();
            _name = name;
            _text.Append(text);
            if (_text.Length >= Full) FlushLocked();
            else if (_timer is null) _timer = time.CreateTimer(_ => Flush(), null, Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Passes on the text that waits.</summary>
    public void Flush()
    {
        lock (_lock) FlushLocked();
    }

    /// <inheritdoc/>
    public void Display(MimeBundle data, string displayId) => InOrder(() => output.Display(data, displayId));

    /// <inheritdoc/>
    public void Update(MimeBundle data, string displayId) => InOrder(() => output.Update(data, displayId));

    /// <inheritdoc/>
    public void Result(MimeBundle data) => InOrder(() => output.Result(data));

    /// <inheritdoc/>
    public void Error(CellError error) => InOrder(() => output.Error(error));

    /// <inheritdoc/>
    public void Clear(bool wait) => InOrder(() => output.Clear(wait));

    /// <inheritdoc/>
    public Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation)
    {
        Flush(); // the question may refer to it
        return output.AskAsync(prompt, password, cancellation);
    }

    private void InOrder(Action show)
    {
        lock (_lock)
        {
            FlushLocked();
            show();
        }
    }

    private void FlushLocked()
    {
        _timer?.Dispose();
        _timer = null;
        if (_text.Length == 0) return;
        var text = _text.ToString();
        _text.Clear();
        if (_text.Capacity > 2 * Full) _text.Capacity = 0;
        output.Stream(_name, text);
    }
}
