using WanLab.Curation.Scanning;

namespace WanLab.Curation.Tests.Scanning;

public sealed class PlantedFaultsTests(PlantedClips clips) : IClassFixture<PlantedClips>
{
    [Fact]
    public void Faults_planted_in_sixty_encoded_clips_are_found_and_none_is_invented()
    {
        Assert.Equal(60, clips.Planted.Count);
        var scan = clips.Scan;
        var (missed, invented) = (new List<string>(), new List<string>());
        foreach (var clip in scan.Clips)
        {
            var file = Path.GetFileName(clip.Path);
            var found = clip.Findings.Select(finding => finding.Kind).Distinct().ToList();
            if (clips.Planted[file] is { } kind and not FindingKind.Duplicate && !found.Contains(kind))
                missed.Add($"{file}: {string.Join(", ", found)}");
            var side = SideEffects(clips.Planted[file]);
            invented.AddRange(clip.Findings.Where(finding => finding.Kind != clips.Planted[file] && finding.Kind != FindingKind.Duplicate
                && !side.Contains(finding.Kind))
                .Select(finding => $"{file}: {finding.Words}"));
        }
        Assert.Equal([], missed);
        Assert.Equal([], invented);
    }

    [Fact]
    public void A_copy_names_its_original_however_it_was_encoded_scaled_trimmed_or_mirrored()
    {
        var scan = clips.Scan;
        string? Same(string file) => scan.Clips.Single(clip => Path.GetFileName(clip.Path) == file).Findings
            .SingleOrDefault(finding => finding.Kind == FindingKind.Duplicate)?.Other;
        // Of two that are equally large and long, either may be named as the better one.
        foreach (var (copy, original) in clips.Originals) Assert.True(Same(copy) == original || Same(original) == copy, copy);
        Assert.Equal(clips.Originals.Count, scan.Clips.Count(clip => clip.Findings.Any(finding => finding.Kind == FindingKind.Duplicate)));
    }

    // What a fault brings along and is no invention.
    private static FindingKind[] SideEffects(FindingKind? planted) => planted switch
    {
        FindingKind.Black => [FindingKind.StillHead, FindingKind.StillTail],
        FindingKind.NoMotion => [FindingKind.Frozen],
        FindingKind.Blurred => [FindingKind.Flat],
        FindingKind.Flat or FindingKind.Bright or FindingKind.Dark => [FindingKind.Blurred, FindingKind.NoMotion],
        _ => [],
    };
}
