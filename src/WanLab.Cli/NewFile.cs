namespace WanLab.Cli;

/// <summary>A text a verb makes: shown, or written to a file that is not there yet.</summary>
internal static class NewFile
{
    /// <summary>Refuses to write over a file.</summary>
    /// <exception cref="WanLabException">The file is there.</exception>
    public static void Refuse(string? path)
    {
        if (path is not null && Path.Exists(path)) throw new WanLabException($"--out: '{path}' is there already and is not written over; give another name, or delete it.");
    }

    /// <summary>Shows the text, or writes it and says what to do next.</summary>
    public static void Write(string? path, string text, CliContext context)
    {
        if (path is null)
        {
            context.Out.Profile.Out.Writer.Write(text);
            return;
        }
        AtomicFile.WriteText(path, text);
        context.Out.WriteRaw($"Written: {path}. Next: wanlab check {path}");
    }
}
