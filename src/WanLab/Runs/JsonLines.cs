using System.Text;

namespace WanLab.Runs;

/// <summary>Reads a file of JSON lines that another process appends to; each call returns the lines completed since the last.</summary>
internal sealed class JsonLines(string file)
{
    private const int Remembered = 512;
    private long _position;
    private byte[] _before = []; // the bytes just before the position: a file that was rewritten has others there

    /// <summary>Why the file could not be read at the last call; null if it could.</summary>
    public string? Problem { get; private set; }

    /// <summary>The new lines. A line that is still being written waits for the next call.</summary>
    /// <param name="restarted">Whether the file was rewritten, so that these are all its lines.</param>
    public IReadOnlyList<string> Read(out bool restarted)
    {
        restarted = false;
        try
        {
            Problem = Directory.Exists(file) ? "It is a folder." : null;
            return File.Exists(file) ? Added(out restarted) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = e.Message;
            return [];
        }
    }

    private IReadOnlyList<string> Added(out bool restarted)
    {
        restarted = false;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (!IsSame(stream))
        {
            (_position, _before) = (0, []);
            restarted = true;
        }
        stream.Position = _position;
        var bytes = new byte[stream.Length - _position];
        stream.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _position += end;
        byte[] read = [.. _before, .. bytes.AsSpan(0, end)];
        _before = read[Math.Max(0, read.Length - Remembered)..];
        return Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private bool IsSame(FileStream stream)
    {
        if (stream.Length < _position) return false;
        var now = new byte[_before.Length];
        stream.Position = _position - now.Length;
        stream.ReadExactly(now);
        return now.AsSpan().SequenceEqual(_before);
    }
}
