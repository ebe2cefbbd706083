namespace WanLab.Curation.Motion;

/// <summary>The motions of a picture's places, measured over a stretch of a clip.</summary>
/// <param name="From">Seconds to its begin.</param>
/// <param name="To">Seconds to its end.</param>
/// <param name="Points">Places and their motion in widths a second: the middle one of those measured there.</param>
internal sealed record MotionField(double From, double To, IReadOnlyList<FlowPoint> Points)
{
    /// <summary>The middle motions of a stretch's pairs of frames.</summary>
    public static MotionField Of(IReadOnlyList<PairFlow> pairs)
    {
        var count = pairs[0].Points.Length;
        var points = new FlowPoint[count];
        for (var i = 0; i < count; i++)
        {
            var sure = pairs.Where(pair => pair.Points[i].IsSure).ToList();
            var place = pairs[0].Points[i] with { Normal = default };
            // Where a place shows an edge now and then, what it shows in both directions counts, if that is often enough.
            var full = sure.Where(pair => !pair.Points[i].IsEdge).ToList();
            var used = full.Count * 2 >= pairs.Count ? full : sure.Count * 2 >= pairs.Count ? sure : [];
            points[i] = used.Count == 0 ? place with { IsSure = false } : place with
            {
                Dx = Middle(used.Select(pair => pair.Points[i].Dx / (float)pair.Seconds)),
                Dy = Middle(used.Select(pair => pair.Points[i].Dy / (float)pair.Seconds)),
                IsSure = true,
                Normal = used == sure && full.Count < sure.Count ? sure.First(pair => pair.Points[i].IsEdge).Points[i].Normal : default,
            };
        }
        return new MotionField(pairs[0].From, pairs[^1].From + pairs[^1].Seconds, points);
    }

    private static float Middle(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        return 0.5f * (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]);
    }
}

/// <summary>The motions between two frames.</summary>
/// <param name="From">Seconds to the first frame.</param>
/// <param name="Seconds">Seconds from the first to the second.</param>
/// <param name="Points">Places and their motion in widths.</param>
internal sealed record PairFlow(double From, double Seconds, FlowPoint[] Points);
