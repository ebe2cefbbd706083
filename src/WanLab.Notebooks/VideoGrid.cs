using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Runs;

namespace WanLab.Notebooks;

/// <summary>Previews side by side: a row for each prompt, a column for each step, all played together.</summary>
[TypeFormatterSource]
public sealed record VideoGrid
{
    /// <summary>Names above the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Names before the rows, and a clip or none for each column.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<string?> Files)> Rows { get; init; }

    /// <summary>
    /// Makes a grid of clips by row and column name, such as those of several runs; both keep the order in which they come.
    /// </summary>
    /// <param name="clips">Row, column and file of each clip.</param>
    public static VideoGrid Of(IEnumerable<(string Row, string Column, string File)> clips)
    {
        var all = clips.ToList();
        return Of(all, [.. all.Select(clip => clip.Column).Distinct()]);
    }

    /// <summary>Makes a grid of previews: steps across, prompts down.</summary>
    /// <param name="samples">The previews.</param>
    /// <param name="prompts">Texts of the prompts, by their number; null shows the numbers.</param>
    public static VideoGrid Of(IReadOnlyList<RunSample> samples, IReadOnlyList<string>? prompts = null)
    {
        var clips = samples.OrderBy(s => s.Prompt)
            .Select(s => (prompts is null || s.Prompt >= prompts.Count ? $"prompt {s.Prompt}" : prompts[s.Prompt], Column(s.Step), s.File))
            .ToList();
        return Of(clips, [.. samples.Select(s => s.Step).Distinct().Order().Select(Column)]);
    }

    /// <inheritdoc/>
    public override string ToString() => Pages.Of(this)!.Text();

    /// <summary>Name of the column of a step.</summary>
    internal static string Column(int step) => step == 0 ? "base model" : $"step {step}";

    /// <summary>The grid as a block.</summary>
    /// <param name="still">Columns that are shown as pictures; null for none.</param>
    internal VideoBlock Block(IReadOnlySet<string>? still = null) =>
        new(Columns, [.. Rows.Select(row => (row.Name, (IReadOnlyList<Video?>)[.. row.Files.Select((file, c) => file is null ? null
            : new Video(file, "", IsPreview: true) { IsStill = still?.Contains(Columns[c]) == true })]))]);

    private static VideoGrid Of(IReadOnlyList<(string Row, string Column, string File)> clips, IReadOnlyList<string> columns) => new()
    {
        Columns = columns,
        Rows = [.. clips.GroupBy(clip => clip.Row).Select(row =>
            (row.Key, (IReadOnlyList<string?>)[.. columns.Select(column => row.LastOrDefault(clip => clip.Column == column).File)]))],
    };
}
