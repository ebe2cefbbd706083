using WanLab.Jobs;

namespace WanLab.Cli;

/// <summary>A job that a verb makes: shown, or written to a file that is not there yet.</summary>
internal static class NewFile
{
    /// <summary>Throws if a file exists, so that nothing is overwritten.</summary>
    /// <exception cref="WanLabException">The file exists already.</exception>
    public static void Refuse(string? path)
    {
        if (path is not null && Path.Exists(path))
            throw new WanLabException($"--out: '{path}' already exists and is not overwritten; give another name, or delete it.");
    }

    /// <summary>
    /// Shows a job, or writes it and says what to do next. A written one names its schema to editors in its first line; the schema
    /// lies next to it, so that both can be moved to another machine.
    /// </summary>
    public static void WriteJob(string? path, string text, CliContext context)
    {
        if (path is null)
        {
            context.Out.Profile.Out.Writer.Write(text);
            return;
        }
        AtomicFile.WriteText(path, JobKeys.SchemaLine(JobKeys.SchemaFile) + text);
        AtomicFile.WriteText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, JobKeys.SchemaFile), JobKeys.Schema());
        context.Out.WriteRaw($"Written: {path}. Next: wanlab check {path}");
    }
}
