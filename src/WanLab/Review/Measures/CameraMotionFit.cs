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
            var errors = Errors(_levels[^1], new Warp(_basis, motion, _width, _height), null);
            return errors.Count == 0 ? double.PositiveInfinity : errors.Average(e => Math.Log(1 + e * e / (Agreement * Agreement)));
        }

        private double[] Step(float[] clip, double[] motion)
        {
            var warp = new Warp(_basis, motion, _width, _height);
            var scale = 2.5 * (1.4826 * Median(Errors(clip, warp, null)) + 1e-3);
            var normal = new double[K * K];
            var right = new double[K];
            Errors(clip, warp, (error, at, across, down) =>
            {
                var ratio = error / scale;
                var weight = 1 / (1 + ratio * ratio);
                Span<double> slope = stackalloc double[K];
                for (var k = 0; k < K; k++) slope[k] = _basis[k, 0][at] * across + _basis[k, 1][at] * down;
                for (var k = 0; k < K; k++)
                {
                    right[k] -= weight * slope[k] * error;
                    for (var l = k; l < K; l++) normal[k * K + l] += weight * slope[k] * slope[l];
                }
            });
            for (var k = 0; k < K; k++)
            {
                normal[k * K + k] += 1e-9;
                for (var l = 0; l < k; l++) normal[k * K + l] = normal[l * K + k];
            }
            return Matrix<double>.Build.Dense(K, K, normal).Solve(Vector<double>.Build.Dense(right)).ToArray();
        }

        // The differences between each frame and the one a gap later, warped back. Without a visitor, only every third one.
        private List<float> Errors(float[] clip, Warp warp, Visitor? visit)
        {
            var (row, size) = (_width * 3, _width * _height * 3);
            var moved = new float[size];
            var errors = new List<float>();
            for (var t = 0; t + Gap < _frames; t++)
            {
                var frame = clip.AsSpan(t * size, size);
                warp.Draw(clip.AsSpan((t + Gap) * size, size), moved);
                for (var y = 1; y < _height - 1; y++)
                    for (var x = 1; x < _width - 1; x++)
                    {
                        var pixel = y * _width + x;
                        if (!warp.Inside[pixel]) continue;
                        for (var c = 0; c < 3; c++)
                        {
                            var i = pixel * 3 + c;
                            var error = moved[i] - frame[i];
                            if (visit is null)
                            {
                                if ((i + t) % 3 == 0) errors.Add(error);
                                continue;
                            }
                            // The slope halfway between the two frames.
                            var across = 0.25 * (moved[i + 3] - moved[i - 3] + frame[i + 3] - frame[i - 3]);
                            var down = 0.25 * (moved[i + row] - moved[i - row] + frame[i + row] - frame[i - row]);
                            visit(error, pixel, across, down);
                        }
                    }
            }
            return errors;
        }

        private static double Median(List<float> errors)
        {
            if (errors.Count == 0) return 0;
            var sizes = errors.Select(Math.Abs).ToArray();
            return ArrayStatistics.OrderStatisticInplace(sizes, sizes.Length / 2 + 1); // the upper of the middle two if the count is even
        }

        private delegate void Visitor(double error, int pixel, double across, double down);
    }
}
