namespace WanLab.Notebooks;

/// <summary>Reads a file of JSON lines while another process appends to it: each call gives the whole lines that came since.</summary>
internal sealed class JsonLines(string file)
{
    private long _position;

    /// <summary>The new lines. A line that is still being written waits for the next call.</summary>
    /// <param name="restarted">Whether the file became shorter, so that everything is read again.</param>
    public IReadOnlyList<string> Read(out bool restarted)
    {
        restarted = false;
        if (!File.Exists(file)) return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length < _position)
        {
            _position = 0;
            restarted = true;
        }
        stream.Position = _position;
        var bytes = new byte[stream.Length - _position];
        stream.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _position += end;
        return System.Text.Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Starts over with the next call.</summary>
    public void Restart() => _position = 0;
}
