using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Jobs.Recipes;

/// <summary>A clip of a survey, with its properties and caption.</summary>
internal sealed record SurveyedClip(string File, MediaFacts Info, string? Caption);

/// <summary>The content of a dataset folder, read before there are settings for it.</summary>
internal sealed record DatasetSurvey(IReadOnlyList<SurveyedClip> Clips, IReadOnlyList<ClipProblem> Problems, bool AreImages)
{
    /// <summary>Share of the clips that may be too short for the wanted frames, so that one odd clip does not shorten all.</summary>
    private const double MayBeShort = 0.1;

    /// <summary>Decodes every clip once; if there are none, every image.</summary>
    /// <exception cref="WanLabException">The folder is missing or holds nothing usable, or ffmpeg is missing.</exception>
    public static DatasetSurvey Of(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"--dataset: there is no folder '{folder}'; correct the path.");
        Ffmpeg.Require();
        string[] files = ClipFolder.Files(folder, ClipLibrary.ClipExtensions);
        var areImages = files.Length == 0;
        if (areImages) files = ClipFolder.Files(folder, ClipLibrary.ImageExtensions);
        if (files.Length == 0)
            throw new WanLabException(
                $"--dataset: there are neither clips ({string.Join(' ', ClipLibrary.ClipExtensions)}) nor images in '{folder}'.");

        var captions = CaptionFiles.In(folder);
        var found = ClipFolder.Examine(files,
            file => new SurveyedClip(file, VideoProbe.Probe(file, cancellation), Captions.Read(captions, file, "")), cancellation);
        var survey = new DatasetSurvey([.. found.Select(f => f.Found).OfType<SurveyedClip>()],
            [.. found.Select(f => f.Problem).OfType<ClipProblem>()], areImages);
        if (survey.Clips.Count > 0) return survey;
        throw new WanLabException(
            $"--dataset: nothing in '{folder}' can be used.\n{string.Join('\n', survey.Problems.Select(p => "  " + p.Message))}");
    }

    /// <summary>Durations of the shortest and the longest clip, in seconds.</summary>
    public (double Shortest, double Longest) Seconds => (Clips.Min(c => c.Info.Duration), Clips.Max(c => c.Info.Duration));

    /// <summary>Number of clips whose caption file is missing or empty.</summary>
    public int WithoutCaption => Clips.Count(c => c.Caption is null);

    /// <summary>The highest number of frames, up to <paramref name="wanted"/>, that nine of ten clips hold at 16 frames a second.</summary>
    public int FramesThatFit(int wanted)
    {
        if (AreImages) return 1;
        var longest = Clips.Select(clip => LongestWindow(clip.Info, wanted)).Order().ToList();
        return longest[(int)(MayBeShort * longest.Count)];
    }

    /// <summary>Number of clips that are too short for a window of that many frames.</summary>
    public int TooShort(int frames) =>
        AreImages ? 0 : Clips.Count(clip => FrameSampler.WhyNot(clip.Info, FrameSampling.Native, frames) is not null);

    /// <summary>The speed factors of the slowest and the fastest clip, if each were spread over that many frames.</summary>
    public (double Least, double Most) UniformSpeed(int frames)
    {
        var speeds = Clips.Select(c => FrameSampler.Speed(c.Info, FrameSampler.Uniform(c.Info, frames))).ToList();
        return (speeds.Min(), speeds.Max());
    }

    private static int LongestWindow(MediaFacts info, int wanted)
    {
        var frames = wanted;
        while (frames > 1 && FrameSampler.WhyNot(info, FrameSampling.Native, frames) is not null) frames -= 4;
        return frames;
    }
}
