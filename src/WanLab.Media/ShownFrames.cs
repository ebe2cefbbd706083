using System.Text.Json.Nodes;

namespace WanLab.Media;

/// <summary>The frames that ffmpeg's filter showinfo lists in a log.</summary>
internal sealed partial class ShownFrames
{
    private readonly List<(double Time, bool IsInterlaced, int Width, int Height)> _frames = [];

    /// <param name="log">Standard error of ffmpeg with <c>-v level+info</c>.</param>
    public ShownFrames(string log)
    {
        IsSure = !log.Contains("[error]", StringComparison.Ordinal) && !log.Contains("[fatal]", StringComparison.Ordinal)
            && !log.Contains("displaymatrix: rotation", StringComparison.Ordinal);
        if (TimeBase().Match(log) is not { Success: true } timeBase)
        {
            IsSure = false;
            return;
        }
        var seconds = Whole(timeBase, 1) / (double)Whole(timeBase, 2);
        foreach (var line in log.AsSpan().EnumerateLines())
        {
            if (!line.Contains(" pts_time:", StringComparison.Ordinal)) continue;
            if (Frame().Match(line.ToString()) is not { Success: true } frame)
            {
                IsSure = false; // a frame without a time
                return;
            }
            // ffprobe writes six digits.
            _frames.Add((Math.Round(Whole(frame, 1) * seconds, 6), frame.Groups[4].Value != "P", (int)Whole(frame, 2),
                (int)Whole(frame, 3)));
        }
        IsSure &= _frames.Count > 0;
    }

    /// <summary>Whether the log holds a time for every frame and no complaint.</summary>
    public bool IsSure { get; }

    /// <summary>The frames in the form of ffprobe.</summary>
    public JsonArray Json =>
    [
        .. _frames.Select(frame => (JsonNode)new JsonObject
        {
            ["best_effort_timestamp_time"] = frame.Time.ToString("0.000000", CultureInfo.InvariantCulture),
            ["interlaced_frame"] = frame.IsInterlaced ? 1 : 0,
            ["width"] = frame.Width,
            ["height"] = frame.Height,
        }),
    ];

    private static long Whole(Match match, int group) => long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"config in time_base: (\d+)/(\d+)")]
    private static partial Regex TimeBase();

    [GeneratedRegex(@" pts: *(-?\d+) pts_time:.* s:(\d+)x(\d+) i:(\w)")]
    private static partial Regex Frame();
}
