namespace WanLab.Runs.Control;

/// <summary>
/// Commands from other processes: small files in the run's control folder. One named ID.command holds a word of
/// <see cref="RunCommand.Words"/>; the run answers with ID.answer and removes the command. Both files appear complete or not at all.
/// </summary>
internal sealed class ControlFolder(string folder)
{
    private const string Command = ".command", Answer = ".answer";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks the run to carry out a command and waits until it is done.</summary>
    /// <param name="word">One of <see cref="RunCommand.Words"/>.</param>
    /// <param name="isRunning">Whether a process still trains the run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Withdraws the command if the run has not started it.</param>
    /// <returns>The run's answer.</returns>
    /// <exception cref="WanLabException">No process trains the run, or it could not carry out the command.</exception>
    public async Task<string> AskAsync(string word, Func<bool> isRunning, TimeProvider time, CancellationToken cancellation = default)
    {
        if (!isRunning())
            throw new WanLabException($"{Path.GetDirectoryName(folder)}: no process is training this run. Resume it first.");
        var file = Path.Combine(folder, $"{time.GetUtcNow().ToUnixTimeMilliseconds():D15}-{Path.GetRandomFileName()}");
        AtomicFile.WriteText(file + Command, word);
        try
        {
            while (true)
            {
                var ended = !isRunning();
                if (File.Exists(file + Answer)) return Read(file + Answer);
                if (ended) throw new WanLabException("The run ended before it saw the command.");
                await Task.Delay(LookAgain, time, cancellation);
            }
        }
        finally
        {
            File.Delete(file + Command);
            File.Delete(file + Answer);
        }
    }

    /// <summary>Removes commands and answers that an earlier process left.</summary>
    internal void Clear()
    {
        foreach (var file in FilesOf.Folder(folder).Where(file => Path.GetExtension(file) is Command or Answer)) File.Delete(file);
    }

    /// <summary>Passes the commands that have arrived to a run, oldest first.</summary>
    internal void Collect(RunControl control)
    {
        foreach (var file in FilesOf.Folder(folder).Where(file => Path.GetExtension(file) == Command).Order(StringComparer.Ordinal))
        {
            if (Take(file) is not { } word) continue;
            var answer = Path.ChangeExtension(file, Answer);
            if (!RunCommand.Words.TryGetValue(word, out var command))
            {
                Reply(answer, $"error: '{word}' is no command; the run accepts {string.Join(", ", RunCommand.Words.Keys)}.");
                continue;
            }
            var order = new RunOrder(command);
            // On the run's own thread, so that the answer is there before the run can end.
            order.Answered = text => Reply(answer, text);
            control.Add(order);
        }
    }

    // Null if it was withdrawn, between the listing of the folder and now, by the process that gave it, or is not for this user.
    private static string? Take(string file)
    {
        try
        {
            var word = File.ReadAllText(file).Trim();
            File.Delete(file);
            return word;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // An answer that cannot be written, because the disk is full, must not end the run; who asked sees the run's own messages.
    private static void Reply(string answer, string text)
    {
        try
        {
            AtomicFile.WriteText(answer, text);
        }
        catch (WanLabException)
        {
            return;
        }
    }

    private static string Read(string file)
    {
        var text = File.ReadAllText(file);
        return text.StartsWith("error: ", StringComparison.Ordinal) ? throw new WanLabException(text["error: ".Length..]) : text;
    }
}
