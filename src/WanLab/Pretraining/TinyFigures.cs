using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Sampling;
using WanLab.Scenes;
using WanLab.Torch;

namespace WanLab.Pretraining;

/// <summary>What the finished model can do, measured on scenes it was not trained on. Decibels are peak signal-to-noise ratios over whole clips.</summary>
/// <param name="Reconstruction">The VAE's reconstruction of a clip.</param>
/// <param name="FirstFrame">A sampled clip's first frame against the image it was sampled from.</param>
/// <param name="Sample">A sampled clip against the rendered one.</param>
/// <param name="Still">The first frame repeated, against the rendered clip: what a model that learned no motion would get.</param>
/// <param name="Followed">Of pairs of opposite camera motions from the same image, samples closer to the clip of their own prompt.</param>
/// <param name="Pairs">Samples in those pairs.</param>
public sealed record TinyFigures(double Reconstruction, double FirstFrame, double Sample, double Still, int Followed, int Pairs)
{
    private const int Scenes = 12;
    private const int FirstHeldOut = 1_000_000;

    private static readonly (CameraMotion One, CameraMotion Other)[] Opposites =
        [(CameraMotion.PanLeft, CameraMotion.PanRight), (CameraMotion.ZoomIn, CameraMotion.ZoomOut), (CameraMotion.TiltUp, CameraMotion.TiltDown)];

    /// <summary>How the clips are sampled.</summary>
    public static SolverSettings Sampling { get; } = new() { Steps = 20, Guidance = 2.5 };

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">Its clips' size, and the seed whose scenes are its training data.</param>
    public static TinyFigures Measure(BaseModel model, PretrainingOptions options)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        using var bench = new Bench(model, options);
        var means = new double[4];
        for (var k = 0; k < Scenes; k++)
        {
            using var item = new TensorScope();
            var number = FirstHeldOut + k;
            var truth = bench.Render(PretrainingScenes.Scene(options.Seed, number));
            var sample = bench.Sample(truth, PretrainingScenes.Caption(options.Seed, number), k);
            double[] values =
            [
                Error(bench.Vae.Decode(bench.Vae.Encode(truth)), truth), Error(sample.Narrow(2, 0, 1), truth.Narrow(2, 0, 1)),
                Error(sample, truth), Error(truth.Narrow(2, 0, 1), truth),
            ];
            for (var n = 0; n < means.Length; n++) means[n] += values[n] / Scenes;
        }
        var followed = Opposites.Sum(pair => Enumerable.Range(0, Scenes / 3).Sum(k => bench.Followed(pair.One, pair.Other, FirstHeldOut + k)));
        return new TinyFigures(Decibels(means[0]), Decibels(means[1]), Decibels(means[2]), Decibels(means[3]), followed, Opposites.Length * Scenes / 3 * 2);
    }

    private static double Error(Tensor a, Tensor b) => (a - b).Pow(2).Mean().Item();

    private static double Decibels(double error) => Math.Round(10 * Math.Log10(4 / error), 2); // values span 2

    private sealed class Bench(BaseModel model, PretrainingOptions options) : IDisposable
    {
        private readonly PromptEncoder _prompts = new(model);
        private readonly ExpertSource _experts = new(model);

        public WanVae Vae { get; } = model.OpenVae();

        public Tensor Render(SceneDescription scene) =>
            Pixels.ToVideo(SceneRenderer.Render(scene, options.Side, options.Side, options.Frames), options.Side, options.Side);

        public Tensor Sample(Tensor truth, string caption, int seed)
        {
            using var scope = new TensorScope();
            var y = ImageCondition.Build(Vae, truth.Narrow(2, 0, 1), options.Frames);
            using var generator = new Generator((ulong)seed);
            var noise = Tensor.Randn([1, model.Config.OutDim, y.Size(2), y.Size(3), y.Size(4)], generator);
            var conditions = new LatentConditions(y, _prompts.Embed(caption), _prompts.Embed(""));
            return scope.Keep(Vae.Decode(LatentSampler.Sample(Sampling, conditions, noise, _experts.Open)));
        }

        /// <summary>0 to 2: samples of the two motions that are closer to their own clip than to the other's.</summary>
        public int Followed(CameraMotion one, CameraMotion other, int number)
        {
            using var scope = new TensorScope();
            SceneDescription Moving(CameraMotion camera) => PretrainingScenes.Scene(options.Seed, number) with
            {
                Camera = camera,
                CameraRate = ScenePace.UsualRate(camera),
                Motion = ObjectMotion.None,
                MotionRate = 0,
                Start = new CameraStart(),
            };
            SceneDescription[] scenes = [Moving(one), Moving(other)];
            Tensor[] truths = [.. scenes.Select(Render)];
            var right = 0;
            for (var k = 0; k < 2; k++)
            {
                var sample = Sample(truths[k], SceneCaption.Write(scenes[k], number), number);
                if (Error(sample, truths[k]) < Error(sample, truths[1 - k])) right++;
            }
            return right;
        }

        public void Dispose()
        {
            Vae.Dispose();
            _prompts.Dispose();
            _experts.Dispose();
        }
    }
}
