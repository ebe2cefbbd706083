namespace WanLab.Runs;

/// <summary>A log to which a run appends, line by line or record by record.</summary>
internal static class LogFile
{
    /// <summary>Appends bytes.</summary>
    /// <exception cref="WanLabException">The file cannot be written.</exception>
    public static void Append(string file, byte[] bytes)
    {
        try
        {
            File.AppendAllBytes(file, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be written: {e.Message} Free space or repair the folder; " +
                "the run can then be continued from its last checkpoint.", e);
        }
    }

    /// <summary>
    /// Keeps some lines of a log. Half a line at the end, which a killed run leaves, is dropped; lines that cannot be read otherwise
    /// are left out, and the file as it was is kept next to it.
    /// </summary>
    /// <param name="file">The log; it need not exist.</param>
    /// <param name="keep">Whether a line is kept; null if it cannot be read.</param>
    /// <returns>What was found damaged, in sentences.</returns>
    /// <exception cref="WanLabException">The file cannot be read or written.</exception>
    public static IReadOnlyList<string> Rewrite(string file, Func<string, bool?> keep)
    {
        if (Directory.Exists(file)) return [$"{file}: is a folder; it was set aside as {DamagedFile.SetAside(file)}."];
        if (!File.Exists(file)) return [];
        var text = Read(file);
        var whole = text.LastIndexOf('\n') + 1;
        var (kept, unreadable) = (new System.Text.StringBuilder(text.Length), 0);
        foreach (var line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries)) Add(line);
        var tail = text[whole..];
        // Half a line is how every killed run ends, and no damage.
        if (tail != "" && (keep(tail) is not null || tail.Contains('\0'))) Add(tail);
        List<string> damage = [];
        if (unreadable > 0)
        {
            var copy = DamagedFile.SetAside(file);
            damage.Add($"{file}: {unreadable} of its lines cannot be read and are left out; the file as it was is {copy}.");
        }
        var now = kept.ToString();
        if (now != text || unreadable > 0) AtomicFile.WriteText(file, now);
        return damage;

        void Add(string line)
        {
            var wanted = keep(line);
            if (wanted is null) unreadable++;
            if (wanted == true) kept.Append(line).Append('\n');
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Give yourself the right to read it, or move it away.", e);
        }
    }
}
