namespace WanLab.Curation.Motion;

/// <summary>Measures how a clip moves.</summary>
internal static class MotionMeter
{
    private const double PairSeconds = 1 / 12.0;
    private const int MostPairs = 160;
    private const double WindowSeconds = 1.2;
    private const double CurveStep = 0.1;

    // A place moves from this speed on, in widths a second; so many of them are no noise.
    private const double Moves = 0.02;
    private const double MovingShare = 0.02;
    private const int FewestMoving = 3;
    private const double TogetherOverApart = 1.2;

    // The least trembling, in widths a second, that shows.
    private const double LeastShake = 0.02;

    private const double ShakeOverDrift = 2;
    private const float SideOfMiddle = 0.3f;

    /// <summary>The confidence from which on a move is named.</summary>
    public const double LeastConfidence = 0.5;

    // So many places decide a kind fully.
    private const double ManyPlaces = 40;

    /// <summary>Measures a clip.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="cuts">Times at which another shot begins, in seconds.</param>
    public static ClipMotion Of(GreyClip clip, IReadOnlyList<double> cuts)
    {
        var pairs = Pairs(clip, cuts);
        var height = (double)clip.Height / clip.Width;
        var stretches = Fields(pairs).Select(field => Stretch.Of(field, height)).OfType<Stretch>().ToList();
        var camera = Camera(stretches, pairs);
        var (starts, ends) = Span(pairs, clip.Times.Count == 0 ? 0 : clip.Times[^1] + clip.Step);
        var subject = stretches.Count == 0 ? 0 : stretches.Average(stretch => stretch.Subject);
        return new ClipMotion
        {
            Camera = camera.Move,
            Speed = camera.Speed,
            Confidence = camera.Confidence,
            Subject = subject,
            StartsAt = starts,
            EndsAt = ends,
            Curve = Curve(pairs, clip.Times.Count == 0 ? 0 : clip.Times[^1]),
            Phrase = camera.Confidence < LeastConfidence ? "" : MotionPhrase.Of(camera.Move, camera.Speed, ends > starts),
        };
    }

    /// <summary>The motions between pairs of frames all over the clip.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="cuts">Times at which another shot begins, in seconds.</param>
    public static IReadOnlyList<PairFlow> Pairs(GreyClip clip, IReadOnlyList<double> cuts)
    {
        if (clip.Frames < 2 || clip.Step <= 0) return [];
        var gap = Math.Clamp((int)Math.Round(PairSeconds / clip.Step), 1, clip.Frames - 1);
        var pairs = new List<PairFlow>();
        var (frame, pyramid) = (-1, (Pyramid?)null);
        foreach (var k in Starts(clip.Frames, gap))
        {
            var (from, to) = (clip.Times[k], clip.Times[k + gap]);
            if (to <= from || cuts.Any(cut => cut > from && cut <= to)) continue;
            var first = frame == k ? pyramid! : Of(k);
            (frame, pyramid) = (k + gap, Of(k + gap));
            pairs.Add(new PairFlow(from, to - from, PointFlow.Between(first, pyramid)));
        }
        return pairs;

        Pyramid Of(int number) => Pyramid.Of(clip.Frame(number), clip.Width, clip.Height);
    }

    // All pairs of a short clip. Of a long one two in a row here and there: whether something moves shows in what two in a row share.
    private static IEnumerable<int> Starts(int frames, int gap)
    {
        var all = (frames - 1) / gap;
        if (all <= MostPairs) return Enumerable.Range(0, all).Select(k => k * gap);
        return Enumerable.Range(0, MostPairs / 2).Select(k => (int)((long)k * (all - 2) / (MostPairs / 2 - 1)))
            .SelectMany(k => (int[])[k * gap, (k + 1) * gap]).Distinct();
    }

    /// <summary>The fields of stretches of about a second.</summary>
    public static IReadOnlyList<MotionField> Fields(IReadOnlyList<PairFlow> pairs)
    {
        var fields = new List<MotionField>();
        for (var at = 0; at < pairs.Count;)
        {
            var end = at;
            while (end < pairs.Count && pairs[end].From < pairs[at].From + WindowSeconds) end++;
            // A short rest belongs to the stretch before it.
            if (end < pairs.Count && pairs[^1].From - pairs[end].From < WindowSeconds / 2) end = pairs.Count;
            fields.Add(MotionField.Of([.. pairs.Skip(at).Take(end - at)]));
            at = end;
        }
        return fields;
    }

    // The move that shifts the picture most; stretches without one count only where there is nothing else.
    private static (CameraMove Move, double Speed, double Confidence) Camera(List<Stretch> stretches, IReadOnlyList<PairFlow> pairs)
    {
        if (stretches.Count == 0) return (CameraMove.Still, 0, 0);
        var best = stretches.GroupBy(stretch => stretch.Move).MaxBy(group => group.Sum(stretch => stretch.Weight))!;
        var agreeing = best.Sum(stretch => stretch.Weight) / stretches.Sum(stretch => stretch.Weight);
        var confidence = agreeing * best.Average(stretch => stretch.Confidence);
        var (shake, drift) = Trembling(pairs);
        if (shake > LeastShake && shake > ShakeOverDrift * drift
            && best.Key is CameraMove.Still or CameraMove.PanLeft or CameraMove.PanRight
            or CameraMove.TiltUp or CameraMove.TiltDown) return (CameraMove.Shake, shake, confidence);
        return (best.Key, best.Sum(stretch => stretch.Speed * stretch.Weight) / best.Sum(stretch => stretch.Weight), confidence);
    }

    // The mean speed of the picture as a whole around its drift, and that of the drift; only where the whole moves, and not a subject.
    private static (double Shake, double Drift) Trembling(IReadOnlyList<PairFlow> pairs)
    {
        var whole = new List<(double X, double Y)>();
        foreach (var pair in pairs)
        {
            var sure = pair.Points.Where(point => point is { IsSure: true, IsEdge: false }).ToList();
            // A lone subject may tremble too: only places all over the picture are the whole.
            if (sure.Count(p => p.X < -SideOfMiddle) < FewestMoving || sure.Count(p => p.X > SideOfMiddle) < FewestMoving) continue;
            var (x, y) = (Middle(sure.Select(p => p.Dx)), Middle(sure.Select(p => p.Dy)));
            var limit = 0.3 * Math.Sqrt(x * x + y * y) + 0.001;
            var together = sure.Count(p => p.Seen(p.Dx - x, p.Dy - y) < limit);
            whole.Add(together > 0.6 * sure.Count ? (x / pair.Seconds, y / pair.Seconds) : (0, 0));
        }
        if (whole.Count == 0) return (0, 0);
        var (driftX, driftY) = (whole.Average(v => v.X), whole.Average(v => v.Y));
        return (whole.Average(v => Math.Sqrt((v.X - driftX) * (v.X - driftX) + (v.Y - driftY) * (v.Y - driftY))),
            Math.Sqrt(driftX * driftX + driftY * driftY));
    }

    private static float Middle(IEnumerable<float> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    // From where to where something moves: twice in a row, so that one bad pair is no motion.
    private static (double From, double To) Span(IReadOnlyList<PairFlow> pairs, double end)
    {
        var moving = Enumerable.Range(0, pairs.Count).Where(k =>
            (k + 1 < pairs.Count && AreMoving(pairs[k], pairs[k + 1])) || (k > 0 && AreMoving(pairs[k - 1], pairs[k]))).ToList();
        if (moving.Count == 0) return (0, 0);
        var (first, last) = (moving[0], moving[^1]);
        return (first == 0 ? 0 : pairs[first].From, last == pairs.Count - 1 ? end : pairs[last].From + pairs[last].Seconds);
    }

    // What moves keeps its direction; noise has another one in each pair.
    private static bool AreMoving(PairFlow first, PairFlow second)
    {
        if (second.From - first.From > 1.5 * first.Seconds) return false; // not in a row
        int together = 0, apart = 0, sure = 0;
        for (var i = 0; i < first.Points.Length; i++)
        {
            var (a, b) = (first.Points[i], second.Points[i]);
            if (!a.IsSure || !b.IsSure) continue;
            sure++;
            if (a.Speed < Moves * first.Seconds || b.Speed < Moves * second.Seconds) continue;
            if (a.Dx * b.Dx + a.Dy * b.Dy > 0.5 * Math.Sqrt((a.Dx * a.Dx + a.Dy * a.Dy) * (b.Dx * b.Dx + b.Dy * b.Dy))) together++;
            else apart++;
        }
        return together >= FewestMoving && together > MovingShare * sure && together > TogetherOverApart * apart;
    }

    private static IReadOnlyList<double> Curve(IReadOnlyList<PairFlow> pairs, double length)
    {
        var curve = new double[1 + (int)(length / CurveStep)];
        if (pairs.Count == 0) return curve;
        var amounts = pairs.Select(Amount).ToList();
        var at = 0;
        for (var k = 0; k < curve.Length; k++)
        {
            while (at + 1 < pairs.Count && pairs[at + 1].From <= k * CurveStep) at++;
            curve[k] = amounts[at];
        }
        return curve;
    }

    private static double Amount(PairFlow pair)
    {
        var sure = pair.Points.Where(point => point.IsSure).Select(point => point.Speed / pair.Seconds).ToList();
        return sure.Count == 0 ? 0 : sure.Average();
    }

    private sealed record Stretch(CameraMove Move, double Speed, double Weight, double Confidence, double Subject)
    {
        // Much weaker than any move that is named, so that a rest before or after a move does not outvote it.
        private const double WeightOfRest = 0.004;

        public static Stretch? Of(MotionField field, double height)
        {
            if (CameraFit.Of(field.Points, height) is not { } camera) return null;
            var (move, speed, size, margin) = CameraKind.Of(camera, height);
            var places = Math.Min(1, field.Points.Count(point => point.IsSure) / ManyPlaces);
            return new Stretch(move, speed, (field.To - field.From) * Math.Max(size, WeightOfRest),
                places * (0.5 + 0.5 * margin) * Math.Min(1, camera.Share / 0.6), camera.Subject);
        }
    }
}
