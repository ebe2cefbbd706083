namespace WanLab.Curation.Motion;

/// <summary>The camera of a field of motions, and the share of the field that it explains.</summary>
/// <param name="Model">The motion of the picture that the camera makes.</param>
/// <param name="Share">Share of the field, by weight, that moves so.</param>
/// <param name="Subject">Mean speed of the places that move otherwise, in widths a second.</param>
internal sealed record CameraField(CameraModel Model, double Share, double Subject);

/// <summary>
/// Fits the motion of a camera to a field in which subjects move by themselves: the motion that most of the picture shares, where the
/// edges of the picture count more than its middle. A field of which a good part stands still all over the picture was taken by a
/// camera that stands still, however large the subject is that passes it.
/// </summary>
internal static class CameraFit
{
    private const int Trials = 100;
    private const int Refinements = 4;

    // A motion agrees within this many widths a second, plus a part of its own speed.
    private const double Tolerance = 0.012;
    private const double TolerancePart = 0.12;

    // A camera stands still if this share of the picture does, on both sides of its middle.
    private const double StillShare = 0.3;
    private const double LeastOtherEdges = 0.2;
    private const double StillShareBelow = 0.25;

    // All equally far is the simpler explanation: another one has to explain this much more.
    private const double Better = 0.08;

    // Heights of horizons to try, from the centre (0) to the lower edge (1).
    private static readonly double[] Horizons = [-0.7, -0.36, -0.1, 0.14];

    private const int FewestPoints = 12;

    /// <summary>The camera of a field; null where too little of the picture has texture.</summary>
    /// <param name="field">Places and their motions in widths a second.</param>
    /// <param name="height">Height of the picture in widths.</param>
    public static CameraField? Of(IReadOnlyList<FlowPoint> field, double height)
    {
        var points = field.Where(point => point.IsSure).ToList();
        if (points.Count < FewestPoints) return null;
        var places = points.Select(point => 0.4 + Math.Max(Math.Abs(point.X) / 0.5, Math.Abs(point.Y) / (height / 2))).ToList();
        if (IsStill(points, places, height)) return Described(CameraModel.Still, points, places);
        var best = Described(Best(points, places, null, height / 2), points, places);
        foreach (var horizon in Horizons.Select(level => level * height / 2))
        {
            if (!ShowsDepth(points, horizon, height)) continue;
            var other = Described(Best(points, places, horizon, height / 2), points, places);
            if (other.Share > best.Share + (best.Model.Horizon is null ? Better : 0)) best = other;
        }
        return best;
    }

    // Near things that a few places show, or places of one side, may as well be a subject.
    private static bool ShowsDepth(List<FlowPoint> points, double horizon, double height)
    {
        var near = points.Where(p => p.Y > horizon + (height / 2 - horizon) / 3).ToList();
        return near.Count(p => p.X < -0.12) >= 3 && near.Count(p => p.X > 0.12) >= 3;
    }

    private static CameraField Described(CameraModel model, List<FlowPoint> points, List<double> places)
    {
        double all = 0, same = 0, speed = 0;
        var others = 0;
        for (var i = 0; i < points.Count; i++)
        {
            all += places[i];
            var distance = model.Distance(points[i]);
            if (distance <= Allowed(points[i])) same += places[i];
            else
            {
                others++;
                speed += distance;
            }
        }
        return new CameraField(model, same / all, others == 0 ? 0 : speed / others);
    }

    private static double Allowed(in FlowPoint point) =>
        Tolerance + TolerancePart * point.Speed;

    // A camera that travels over a floor leaves the sky still, but nothing near; one that turns leaves nothing still.
    private static bool IsStill(List<FlowPoint> points, List<double> places, double height)
    {
        // One edge is still in any motion along it; edges in several directions are not.
        var edges = points.Where(p => p.IsEdge && p.Speed < Tolerance).ToList();
        var upright = edges.Count(p => Math.Abs(p.Normal.X) > Math.Abs(p.Normal.Y));
        var edgesCount = Math.Min(upright, edges.Count - upright) >= LeastOtherEdges * edges.Count;
        double still = 0;
        int left = 0, right = 0, below = 0, movesBelow = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var p = points[i];
            var isStill = p.Speed < Tolerance;
            if (p.Y > height / 6 && Math.Abs(p.X) > 0.12)
            {
                if (!isStill) movesBelow++;
                else if (edgesCount || !p.IsEdge) below++;
            }
            if (!isStill || (p.IsEdge && !edgesCount)) continue;
            still += places[i];
            if (p.X < -0.2) left++;
            if (p.X > 0.2) right++;
        }
        return still >= StillShare * places.Sum() && left > 1 && right > 1
            && below >= StillShareBelow * (below + movesBelow);
    }

    private static CameraModel Best(List<FlowPoint> points, List<double> places, double? horizon, double edge)
    {
        var random = new CounterDice(points.Count);
        var (best, most) = (CameraModel.Still, -1.0);
        var weights = new double[points.Count];
        var samples = horizon is null ? 3 : 6;
        for (var trial = 0; trial < Trials; trial++)
        {
            Array.Clear(weights);
            for (var k = 0; k < samples; k++) weights[random.Next(points.Count)] = 1;
            if (CameraModel.Fit(points, weights, horizon, edge) is not { } motion) continue;
            var score = Weigh(points, places, motion, weights);
            if (score > most) (best, most) = (motion, score);
        }
        for (var n = 0; n < Refinements; n++)
        {
            Weigh(points, places, best, weights);
            best = CameraModel.Fit(points, weights, horizon, edge) ?? best;
        }
        return best;
    }

    // The weight of each point: full where it agrees, falling to nothing at twice the allowed distance.
    private static double Weigh(List<FlowPoint> points, List<double> places, CameraModel motion, double[] weights)
    {
        double sum = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var off = motion.Distance(points[i]) / (2 * Allowed(points[i]));
            weights[i] = off >= 1 ? 0 : places[i] * (1 - off * off) * (1 - off * off);
            sum += weights[i];
        }
        return sum;
    }

    // The same choices for the same field.
    private sealed class CounterDice(int seed)
    {
        private uint _state = (uint)seed * 2654435761u + 1;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)below);
        }
    }
}
