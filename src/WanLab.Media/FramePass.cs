using System.Text.Json.Nodes;

namespace WanLab.Media;

/// <summary>A clip as one pass of the decoder shows it: its facts, all frames small and grey, some frames larger and in colour.</summary>
internal sealed record FramePass
{
    private const int GreySide = 192;
    private const int SampleSide = 640;
    private const int Samples = 24;

    // Of longer clips not every frame is kept.
    private const int MostGrey = 6000;

    /// <summary>Size, frames and times; the same as those of <see cref="VideoProbe"/>.</summary>
    public required MediaFacts Facts { get; init; }

    /// <summary>Light from 0 to 255, [frames, GreyHeight, GreyWidth]: every <see cref="GreyEvery"/>th frame.</summary>
    public required byte[] Grey { get; init; }

    /// <summary>Width of the grey frames: the longer side has 192 pixels.</summary>
    public required int GreyWidth { get; init; }

    /// <summary>Height of the grey frames.</summary>
    public required int GreyHeight { get; init; }

    /// <summary>Distance of two grey frames, in frames of the clip.</summary>
    public required int GreyEvery { get; init; }

    /// <summary>Frames in colour, the longer side at most 640 pixels.</summary>
    public required RgbClip Colour { get; init; }

    /// <summary>Distance of two colour frames, in frames of the clip.</summary>
    public required int ColourEvery { get; init; }

    /// <summary>Decodes a clip once.</summary>
    /// <exception cref="WanLabException">The clip cannot be used; the message says why.</exception>
    public static FramePass Of(string path, CancellationToken cancellation)
    {
        var (format, header) = VideoProbe.Header(path, cancellation);
        using var json = JsonDocument.Parse(header);
        var known = new ProbedMedia(json.RootElement, format, null);
        if (!known.HasVideo) throw new WanLabException($"{path}: holds no video. Leave it out of the folder or replace it.");
        var conversion = known.Conversion();
        if (format.IsImage || conversion.Decoder != "") return InTwo(path, cancellation);

        var (width, height) = known.ShownSize(conversion);
        var (greyWidth, greyHeight) = Fitted(width, height, GreySide);
        var (colourWidth, colourHeight) = Fitted(width, height, Math.Min(SampleSide, Math.Max(width, height)));
        var greyEvery = 1 + (known.ExpectedFrames - 1) / MostGrey;
        var colourEvery = 1 + (known.ExpectedFrames - 1) / Samples;
        string[] colourSteps =
        [
            Every(colourEvery), .. conversion.Light == MediaLight.Standard ? [] : conversion.AfterSelection,
            $"scale={colourWidth}:{colourHeight}:flags=area+accurate_rnd+full_chroma_int", "format=rgb24",
        ];
        var filter = $"[0:V:0]showinfo=checksum=0,split[a][b];"
            + $"[a]{Every(greyEvery)},scale={greyWidth}:{greyHeight}:flags=area,format=gray[grey];"
            + $"[b]{string.Join(',', colourSteps)}[colour]";
        var temporary = Path.Combine(Path.GetTempPath(), $"wanlab-{Guid.NewGuid():N}.rgb");
        try
        {
            var (grey, said) = Decode(path, format, filter, temporary, cancellation);
            var log = new ShownFrames(said);
            if (!log.IsSure) return InTwo(path, cancellation);
            return new FramePass
            {
                Facts = VideoProbe.Facts(path, With(header, log, format), "", cancellation),
                Grey = grey,
                GreyWidth = greyWidth,
                GreyHeight = greyHeight,
                GreyEvery = greyEvery,
                Colour = new RgbClip(File.ReadAllBytes(temporary), colourWidth, colourHeight),
                ColourEvery = colourEvery,
            };
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Files whose frames may lack times, are damaged or have to be converted first are read in the ways that training reads them.
    private static FramePass InTwo(string path, CancellationToken cancellation)
    {
        var facts = VideoProbe.Probe(path, cancellation);
        var (greyWidth, greyHeight) = Fitted(facts.Width, facts.Height, GreySide);
        var (colourWidth, colourHeight) = Fitted(facts.Width, facts.Height, Math.Min(SampleSide, Math.Max(facts.Width, facts.Height)));
        var (greyEvery, colourEvery) = (1 + (facts.FrameCount - 1) / MostGrey, 1 + (facts.FrameCount - 1) / Samples);
        var small = Read(greyWidth, greyHeight, greyEvery);
        var grey = new byte[small.Length / 3];
        for (var i = 0; i < grey.Length; i++) // the weights of BT.709, in 256ths
            grey[i] = (byte)((54 * small[3 * i] + 183 * small[3 * i + 1] + 19 * small[3 * i + 2] + 128) >> 8);
        return new FramePass
        {
            Facts = facts,
            Grey = grey,
            GreyWidth = greyWidth,
            GreyHeight = greyHeight,
            GreyEvery = greyEvery,
            Colour = new RgbClip(Read(colourWidth, colourHeight, colourEvery), colourWidth, colourHeight),
            ColourEvery = colourEvery,
        };

        byte[] Read(int width, int height, int every) => VideoReader.ReadFrames(path,
            [.. Enumerable.Range(0, (facts.FrameCount + every - 1) / every).Select(k => k * every)],
            new FrameFit(width, height, 0, 0, width, height), facts, cancellation: cancellation);
    }

    private static (byte[] Grey, string Said) Decode(string path, MediaFormat format, string filter, string colourFile,
        CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        using var process = Ffmpeg.Start("ffmpeg",
        [
            "-nostdin", "-y", "-v", "level+info", "-nostats", "-copyts", .. Ffmpeg.Input(full, format), "-filter_complex", filter,
            "-map", "[grey]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
            "-map", "[colour]", "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + colourFile,
        ]);
        using var watch = new ProcessWatch(process, Ffmpeg.TimeLimit(full), cancellation);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var grey = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(grey);
        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult();
        watch.ThrowIfEnded("ffmpeg", said);
        // A failure shows in the log as an error; the caller then asks in the careful way, which gives the reason.
        return (grey.ToArray(), said);
    }

    private static ProbedMedia With(string header, ShownFrames log, MediaFormat format)
    {
        var root = JsonNode.Parse(header)!;
        root["frames"] = log.Json;
        return new ProbedMedia(JsonSerializer.SerializeToElement(root), format, null);
    }

    private static string Every(int step) => step == 1 ? "null" : $"select='not(mod(n,{step}))'";

    private static (int Width, int Height) Fitted(int width, int height, int side)
    {
        var scale = (double)side / Math.Max(width, height);
        return (Even(width * scale), Even(height * scale));

        static int Even(double length) => Math.Max(16, 2 * (int)Math.Round(length / 2));
    }
}
