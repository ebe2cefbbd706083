using System.Text;
using WanLab.Datasets;

namespace WanLab.Curation.Captioning;

/// <summary>
/// The history of a folder's captions: a file with a line for each change, to which lines are only added. Half a line, left by a killed
/// process, is passed over.
/// </summary>
internal static class CaptionHistory
{
    /// <summary>The history's file.</summary>
    public static string File(string folder) => Path.Combine(folder, CurationFiles.CaptionHistory);

    /// <summary>All changes, oldest first; none where there is no history.</summary>
    /// <exception cref="WanLabException">The file cannot be read.</exception>
    public static IReadOnlyList<CaptionChange> Read(string folder)
    {
        var file = File(folder);
        if (!System.IO.File.Exists(file)) return [];
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Changes(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>The number of the newest step that can be undone; null where there is none.</summary>
    public static int? Undoable(IReadOnlyList<CaptionChange> changes)
    {
        var undone = changes.Select(change => change.Undoes).OfType<int>().ToHashSet();
        return changes.Where(change => change.Undoes is null && !undone.Contains(change.Step)).Select(change => (int?)change.Step).Max();
    }

    /// <summary>Adds changes as one step, and brings them to the disk.</summary>
    /// <returns>The step's number.</returns>
    /// <exception cref="WanLabException">The file cannot be written, or another process writes it at this moment.</exception>
    public static int Add(string folder, IReadOnlyList<CaptionChange> changes, int? undoes = null)
    {
        var file = File(folder);
        try
        {
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var step = Changes(stream).Select(change => change.Step).DefaultIfEmpty(0).Max() + 1;
            var text = new StringBuilder();
            if (EndsWithinLine(stream)) text.Append('\n');
            foreach (var change in changes)
                text.Append(JsonSerializer.Serialize(change with { Step = step, Undoes = undoes }, SnakeJson.Line)).Append('\n');
            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
            stream.Flush(flushToDisk: true);
            return step;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: the history cannot be written, so no caption is changed: {e.Message}", e);
        }
    }

    private static List<CaptionChange> Changes(FileStream stream)
    {
        var changes = new List<CaptionChange>();
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                if (JsonSerializer.Deserialize<CaptionChange>(line, SnakeJson.Line) is { Step: > 0, Clip: not null, File: not null } change)
                    changes.Add(change);
            }
            catch (JsonException)
            {
                // The half line of a process that was killed: its caption was not written either.
            }
        }
        return changes;
    }

    private static bool EndsWithinLine(FileStream stream)
    {
        if (stream.Length == 0) return false;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }
}
