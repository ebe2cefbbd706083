using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using WanLab.Media;

namespace WanLab.Review.Measures;

/// <summary>
/// Measures how the camera of a clip moves: one optical flow for all pairs of frames one latent frame apart, in the form that a
/// camera's motion gives (<see cref="StageGeometry"/>), fitted to the pixels by Gauss-Newton from coarse to fine. Pixels
/// that do not agree, for example of a subject that moves by itself, lose their weight. A large subject that slides past a
/// bare floor fills nearly the whole picture, and is mistaken for a camera that pans or trucks. Orbits are found up to about 35
/// degrees a second; faster ones leave too little in common between frames one latent frame apart.
/// </summary>
public static class CameraMotionFit
{
    private const int K = StageGeometry.Motions;
    private const int Gap = 4; // frames of a latent frame: within one, a decoder blends rather than moves
    private const double Converged = 1e-5;
    private const double OrbitStart = 60 * Math.PI / 180;
    private const double SuspectedOrbit = 5; // degrees a second
    private const double Agreement = 0.02; // of pixels that agree, from 0 to 1

    private static readonly (double Sigma, int Iterations)[] Levels = [(4, 6), (2, 6), (1, 8)];

    /// <summary>Measures a clip.</summary>
    /// <param name="clip">Two frames or more, at least 16 pixels on each side.</param>
    /// <param name="fps">Frames a second.</param>
    public static CameraMotionEstimate Of(RgbClip clip, double fps = 16)
    {
        if (clip.Frames < 2 || Math.Min(clip.Width, clip.Height) < 16)
            throw new WanLabException($"Cannot measure the motion of {clip.Frames} frames of {clip.Width}x{clip.Height}: " +
                "give 2 frames or more of at least 16x16.");
        var fit = new Fit(clip);
        fps /= fit.Gap;
        // A subject that moves by itself may mislead the coarse levels, so the finest one is also fitted on its own.
        List<double[]> found = [fit.From(new double[K], 0), fit.From(new double[K], Levels.Length - 1)];
        // A fast orbit moves far from frame to frame, and the fit may stop half way, so it gets another start.
        if (fit.Estimate(found[0], fps).OrbitRate is var orbit && Math.Abs(orbit) > SuspectedOrbit)
        {
            var turn = Math.Sign(orbit) * OrbitStart / fps;
            found.Add(fit.From([-turn, 0, 0, turn, 0], 0));
        }
        return fit.Estimate(found.MinBy(fit.Cost)!, fps);
    }

    private sealed class Fit
    {
        private readonly int _width, _height, _frames;
        private readonly float[,][] _basis;
        private readonly float[][] _levels; // the clip, blurred for each level

        public Fit(RgbClip clip)
        {
            (_width, _height, _frames) = (clip.Width, clip.Height, clip.Frames);
            _basis = StageGeometry.Basis(_width, _height);
            _levels = [.. Levels.Select(level => FrameBlur.Apply(clip, level.Sigma * Math.Min(_width, _height) / 64))];
        }

        /// <summary>Number of frames from the first to the second of a pair.</summary>
        public int Gap => Math.Min(CameraMotionFit.Gap, _frames - 1);

        private int Pairs => _frames - Gap;

        private int Row => _width * 3;

        private int Size => Row * _height;

        public double[] From(double[] start, int coarsest)
        {
            var motion = (double[])start.Clone();
            for (var level = coarsest; level < Levels.Length; level++)
                for (var i = 0; i < Levels[level].Iterations; i++)
                {
                    var step = Step(_levels[level], motion);
                    for (var k = 0; k < K; k++) motion[k] += step[k];
                    if (step.Max(Math.Abs) < Converged) break;
                }
            return motion;
        }

        public CameraMotionEstimate Estimate(double[] motion, double fps)
        {
            var degrees = 180 / Math.PI * fps;
            var still = Cost(new double[K]);
            return new CameraMotionEstimate(motion[0] * degrees, motion[1] * degrees, motion[2] * fps, motion[3] * degrees, motion[4] * fps,
                still == 0 ? 0 : Cost(motion) / still);
        }

        /// <summary>The error of a motion; large errors count little more than medium ones.</summary>
        public double Cost(double[] motion)
        {
            var warp = new Warp(_basis, motion, _width, _height);
            var errors = Sampled(_levels[^1], warp, Moved(_levels[^1], warp));
            return errors.Length == 0 ? double.PositiveInfinity : errors.Average(e => Math.Log(1 + e * e / (Agreement * Agreement)));
        }

        // One step of Gauss-Newton. The slope along each motion is the basis times the slopes across and down, so products of
        // those are summed for each pixel over colours and frames, and meet the basis only once.
        private double[] Step(float[] clip, double[] motion)
        {
            var warp = new Warp(_basis, motion, _width, _height);
            var allMoved = Moved(clip, warp);
            var scale = 2.5 * (1.4826 * Median(Sampled(clip, warp, allMoved)) + 1e-3);
            var normal = new double[K, K];
            var right = new double[K];
            for (var y = 1; y < _height - 1; y++)
                for (var x = 1; x < _width - 1; x++)
                {
                    var pixel = y * _width + x;
                    if (!warp.Inside[pixel]) continue;
                    var (acrossAcross, acrossDown, downDown, acrossError, downError) = Products(clip, allMoved, pixel, scale);
                    for (var k = 0; k < K; k++)
                    {
                        var (a, d) = (_basis[k, 0][pixel], _basis[k, 1][pixel]);
                        right[k] -= a * acrossError + d * downError;
                        for (var l = 0; l <= k; l++)
                        {
                            var (b, e) = (_basis[l, 0][pixel], _basis[l, 1][pixel]);
                            normal[k, l] += a * b * acrossAcross + (a * e + d * b) * acrossDown + d * e * downDown;
                        }
                    }
                }
            for (var k = 0; k < K; k++)
            {
                normal[k, k] += 1e-9;
                for (var l = 0; l < k; l++) normal[l, k] = normal[k, l];
            }
            return Matrix<double>.Build.DenseOfArray(normal).Solve(Vector<double>.Build.Dense(right)).ToArray();
        }

        // Weighted sums over the colours of a pixel in every pair of frames; what does not agree weighs little.
        private (double AcrossAcross, double AcrossDown, double DownDown, double AcrossError, double DownError) Products(float[] clip,
            float[] allMoved, int pixel, double scale)
        {
            double acrossAcross = 0, acrossDown = 0, downDown = 0, acrossError = 0, downError = 0;
            for (var t = 0; t < Pairs; t++)
            {
                var frame = Frame(clip, t);
                var moved = Frame(allMoved, t);
                for (var i = pixel * 3; i < pixel * 3 + 3; i++)
                {
                    double error = moved[i] - frame[i];
                    // The slope halfway between the two frames.
                    var across = 0.25 * (moved[i + 3] - moved[i - 3] + frame[i + 3] - frame[i - 3]);
                    var down = 0.25 * (moved[i + Row] - moved[i - Row] + frame[i + Row] - frame[i - Row]);
                    var ratio = error / scale;
                    var weight = 1 / (1 + ratio * ratio);
                    acrossAcross += weight * across * across;
                    acrossDown += weight * across * down;
                    downDown += weight * down * down;
                    acrossError += weight * across * error;
                    downError += weight * down * error;
                }
            }
            return (acrossAcross, acrossDown, downDown, acrossError, downError);
        }

        // The second frame of each pair, warped back to the first.
        private float[] Moved(float[] clip, Warp warp)
        {
            var moved = new float[Pairs * Size];
            for (var t = 0; t < Pairs; t++) warp.Draw(Frame(clip, t + Gap), Frame(moved, t));
            return moved;
        }

        // A third of the differences between the frames of each pair.
        private float[] Sampled(float[] clip, Warp warp, float[] allMoved)
        {
            var errors = new float[Pairs * Size / 3 + Pairs];
            var count = 0;
            for (var t = 0; t < Pairs; t++)
            {
                var frame = Frame(clip, t);
                var moved = Frame(allMoved, t);
                for (var y = 1; y < _height - 1; y++)
                    for (var x = 1; x < _width - 1; x++)
                    {
                        var pixel = y * _width + x;
                        if (!warp.Inside[pixel]) continue;
                        var i = pixel * 3 + (3 - t % 3) % 3; // where place and pair together are a multiple of 3
                        errors[count++] = moved[i] - frame[i];
                    }
            }
            return errors[..count];
        }

        private Span<float> Frame(float[] frames, int t) => frames.AsSpan(t * Size, Size);

        private static double Median(float[] errors)
        {
            if (errors.Length == 0) return 0;
            for (var i = 0; i < errors.Length; i++) errors[i] = Math.Abs(errors[i]);
            return ArrayStatistics.OrderStatisticInplace(errors, errors.Length / 2 + 1); // the upper of the middle two if the count is even
        }
    }
}
