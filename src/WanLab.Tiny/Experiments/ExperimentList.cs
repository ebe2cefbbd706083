using WanLab.Experiments;
using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;
using WanLab.Tiny.Scenes.Examples;

namespace WanLab.Tiny.Experiments;

/// <summary>
/// The experiments of docs/experiments.md, except the one that needs no training (<see cref="Pretraining.CaptionAccuracy"/>).
/// </summary>
/// <param name="datasets">Folder of the example data sets, whose clips give the reference values.</param>
internal sealed class ExperimentList(string datasets)
{
    private const int Side = 64;
    private const int Frames = 17;

    private static readonly Variant Orbit = new("orbit");
    private static readonly Variant Neon = new("neon");
    private static readonly Variant Frung = new("frung");

    private static readonly string[] HighOnly = ["multistage.low_noise=false"];
    private static readonly string[] LowOnly = ["multistage.high_noise=false"];

    /// <summary>All experiments, in the order of the page.</summary>
    public IReadOnlyList<ToyExperiment> All() =>
    [
        new()
        {
            Name = "orbit",
            Job = Job(OrbitExample.Dataset),
            Question = "Does a motion LoRA teach the orbit, at which checkpoint, and with every seed?",
            Variants = [Orbit],
            Seeds = [1, 2, 3],
            Probes = Orbits(),
            Panels = [OrbitRate(), OrbitShare(), Sharpness(), Truth()],
        },
        new()
        {
            Name = "experts-motion",
            Job = Job(OrbitExample.Dataset),
            Question = "Which expert learns the motion?",
            Variants = [Orbit, new("orbit-high", HighOnly), new("orbit-low", LowOnly)],
            Probes = Orbits(),
            Panels = [OrbitRate(), Sharpness()],
        },
        new()
        {
            Name = "experts-style",
            Job = Job(NeonExample.Dataset),
            Question = "Which expert learns the style?",
            Steps = [400, 800, 1600],
            Variants = [Neon, new("neon-high", HighOnly), new("neon-low", LowOnly)],
            Probes = Probes(NeonExample.Dataset),
            Panels = [NeonDistance(), Truth()],
        },
        new()
        {
            Name = "bias",
            Job = Job(OrbitExample.Dataset),
            Question = "What does Timestep Bias change?",
            Variants =
            [
                Orbit, new("orbit-favor-high", "training.timestep_bias=favor_high_noise"),
                new("orbit-favor-low", "training.timestep_bias=favor_low_noise"),
                new("orbit-high-share-80", "multistage.high_share=0.8"),
            ],
            Probes = Orbits(),
            Panels = [OrbitRate(), Sharpness(), Truth()],
        },
        new()
        {
            Name = "rank",
            Job = Job(OrbitExample.Dataset),
            Question = "How much rank does a motion need?",
            Variants = [new("orbit-rank-4", "target.rank=4", "target.alpha=4"), Orbit,
                new("orbit-rank-32", "target.rank=32", "target.alpha=32")],
            Probes = Orbits(),
            Panels = [OrbitRate(), Sharpness()],
        },
        new()
        {
            Name = "length",
            Job = Job(OrbitExample.Dataset),
            Question = "Trained on 17 frames: what happens when 33 are sampled?",
            Variants = [Orbit],
            Frames = [17, 33],
            Probes = Orbits(),
            Panels = [OrbitRate(), new("second-half", "Orbit rate of the second half, degrees a second", row => row.SecondHalf.OrbitRate),
                Sharpness()],
        },
        new()
        {
            Name = "dop",
            Job = Job(FrungExample.Dataset),
            Steps = [400, 800, 1600],
            Question = "What does a character LoRA do to prompts without its trigger word, and does DOP hold it back?",
            Variants =
            [
                Frung, new("frung-dop", "training.dop.enabled=true", "training.dop.class=a green toy robot"),
            ],
            Probes = [.. Probes(FrungExample.Dataset), .. OtherSubjects()],
            Panels =
            [
                new("frung", "The frung, against how the scene continues, dB", row => IsFrung(row) ? row.Truth : null),
                new("others", "Other subjects, against the base model's clip, dB",
                    row => IsFrung(row) ? null : Math.Min(row.AgainstBase ?? MostCounted, MostCounted)),
                new("others-truth", "Other subjects, against how the scene continues, dB", row => IsFrung(row) ? null : row.Truth),
            ],
        },
        new()
        {
            Name = "held-out",
            Job = Job(OrbitExample.Dataset),
            Question = "Does the held-out loss tell which checkpoint is best?",
            Variants = [new("orbit-validated", "validation.every=200", "validation.holdout=0.2")],
            Steps = [400, 800, 1200, 1600, 2000, 2400],
            Probes = Orbits(),
            Panels = [OrbitRate(), Sharpness(), Truth()],
        },
    ];

    private string Job(ExampleDataset dataset) => Path.Combine(datasets, dataset.Name, "job.yaml");

    private const double MostCounted = 50; // equal clips have an infinite signal-to-noise ratio

    // Relative to the scene as it really continues, measured in the same way: the apparent speed of a floor depends on its pattern.
    private static Panel OrbitShare() =>
        new("orbit-share", "Orbit rate over that of the scene as it really continues", row => row.Camera.OrbitRate / row.TrueOrbitRate);

    private Panel OrbitRate() => new("orbit-rate", "Orbit rate, degrees a second", row => row.Camera.OrbitRate,
        ("training clips, measured in the same way", TrainingOrbit));

    private static Panel Sharpness() => new("sharpness", "Sharpness of the last frame over the first", row => row.SharpnessKept);

    private static Panel Truth() => new("truth", "Against how the scene continues, dB", row => row.Truth);

    private Panel NeonDistance() =>
        new("colours", "Distance of the colours from the training clips'", row => row.Colors.Distance(_neonColors.Value));

    // Windows of the length that is used for training, one after the other.
    private double TrainingOrbit() => Windows("orbit").Average(clip => CameraMotionFit.Of(clip).OrbitRate);

    private readonly Lazy<ColorStatistics> _neonColors = new(
        () => ColorStatistics.Mean([.. Windows(datasets, "neon").Select(clip => ColorStatistics.Of(clip))]));

    private IEnumerable<RgbClip> Windows(string dataset) => Windows(datasets, dataset);

    private static IEnumerable<RgbClip> Windows(string datasets, string dataset)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(datasets, dataset, "clips"), "*.mp4").Order())
        {
            var clip = RgbClip.Read(file, Side, Side);
            for (var from = 0; from + Frames <= clip.Frames; from += Frames) yield return clip.Part(from, Frames);
        }
    }

    private static bool IsFrung(SampleRow row) => row.Probe.StartsWith(FrungExample.Dataset.Name, StringComparison.Ordinal);

    private static Probe[] Probes(ExampleDataset set) =>
        [.. set.HeldOut.Select((image, i) => new Probe($"{set.Name}_{i + 1}", image.Scene, image.Prompt))];

    // The data set's own images, and two more toys on a floor whose pattern shows how the camera moves.
    private static Probe[] Orbits()
    {
        (Subject Subject, SubjectColor Color, Background Background)[] others = [(Subject.House, SubjectColor.Yellow, Background.City),
            (Subject.Robot, SubjectColor.Green, Background.Studio)];
        return
        [
            .. Probes(OrbitExample.Dataset),
            .. others.Select(other =>
            {
                var scene = OrbitExample.Dataset.HeldOut[0].Scene with
                {
                    Subject = other.Subject,
                    Color = other.Color,
                    Background = other.Background,
                };
                return new Probe($"orbit_{other.Subject}".ToLowerInvariant(), scene, OrbitExample.Caption(scene));
            }),
        ];
    }

    // Scenes that the base model knows: turning toys, as the frung turns, without its name.
    private static IEnumerable<Probe> OtherSubjects()
    {
        (Subject Subject, SubjectColor Color)[] others = [(Subject.Robot, SubjectColor.Green), (Subject.Duck, SubjectColor.Pink)];
        return FrungExample.Dataset.HeldOut.Zip(others, (image, other) =>
        {
            var scene = image.Scene with { Subject = other.Subject, Color = other.Color };
            return new Probe($"other_{other.Subject}".ToLowerInvariant(), scene, SceneCaption.Short(scene));
        });
    }
}
