using System.Globalization;
using WanLab.Curation.Captioning;
using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Views;

/// <summary>Shows what a scan found.</summary>
internal static class ScanView
{
    private const int MostCards = 40;

    private static readonly string[] Titles = ["clip", "size", "seconds", "motion", "speed", "subject", "sharp", "found"];

    public static IEnumerable<Block> Of(FolderScan scan)
    {
        yield return new Heading($"Scan of {scan.Folder}", Sentence(scan));
        var captions = Directory.Exists(scan.Folder)
            ? CaptionFolder.Read(scan.Folder).Clips.ToDictionary(clip => clip.Name, clip => clip.Text) : [];
        yield return new ScanCards([.. scan.Clips.Take(MostCards).Select(clip =>
            (clip, captions.GetValueOrDefault(Path.GetFileName(clip.Path), "")))]);
        if (scan.Clips.Count > MostCards) yield return new Paragraph($"and {scan.Clips.Count - MostCards} more");
        List<Block> findings = [.. Findings(scan.Clips)];
        if (findings.Count > 0) yield return new Fold(Numbers.Of(findings.Count, "finding") + " in words", findings);
        yield return new Fold("All numbers", [Table(scan.Clips), new Paragraph(Units)]);
    }

    /// <summary>The units of the table's columns.</summary>
    public const string Units = "speed: widths of the picture a second (tilt: heights, roll: degrees, zoom: growth); subject: motion of "
        + "what moves by itself, in widths a second; sharp: 0 to 1, below 0.42 nothing in the clip is.";

    /// <summary>The number of clips, and of those that need a look.</summary>
    public static string Sentence(FolderScan scan)
    {
        var flawed = scan.Clips.Count(clip => clip.Findings.Count > 0);
        var kinds = scan.Clips.SelectMany(clip => clip.Findings.Select(finding => finding.Kind).Distinct()).GroupBy(kind => kind)
            .OrderByDescending(kind => kind.Count()).Select(kind => $"{kind.Key.Label()} {kind.Count()}");
        return Numbers.Of(scan.Clips.Count, "clip")
            + (flawed == 0 ? ", none with a finding" : $", {flawed} with findings: {string.Join(", ", kinds)}");
    }

    /// <summary>One row a clip.</summary>
    public static TableBlock Table(IReadOnlyList<ClipScan> clips) => new(Titles, [.. clips.Select(Row)]);

    /// <summary>The sentences of all findings, by clip.</summary>
    public static IEnumerable<Block> Findings(IReadOnlyList<ClipScan> clips) => clips.SelectMany(clip => clip.Findings.Select(finding =>
        (Block)new Note(NoteKind.Warning, $"{Path.GetFileName(clip.Path)}: {finding.Words}")));

    private static IReadOnlyList<string> Row(ClipScan clip)
    {
        string Number(double? value, string format) => value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "";
        return
        [
            Path.GetFileName(clip.Path), clip.Facts is { } facts ? $"{facts.Width}x{facts.Height}" : "", Number(clip.Facts?.Duration,
                "0.0"),
            clip.Motion is { } motion ? Camera(motion) : "", Number(clip.Motion?.Speed, "0.00"), Number(clip.Motion?.Subject, "0.00"),
            Number(clip.Sharpness, "0.00"), string.Join(", ", clip.Findings.Select(finding => finding.Kind.Label()).Distinct()),
        ];
    }

    // A move that cannot be named is no static camera.
    internal static string Camera(ClipMotion motion) => motion.Confidence < MotionMeter.LeastConfidence ? "unclear"
        : motion.Phrase == "" ? "none" : motion.Phrase;
}
