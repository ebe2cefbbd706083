using System.Globalization;
using System.Text.Json;
using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>The finished model's card: its description, its training, and its measurements.</summary>
internal static class TinyCard
{
    /// <summary>Measures the finished model of a pretraining and writes its MODEL_CARD.md.</summary>
    /// <param name="folder">The pretraining.</param>
    /// <param name="scenesPerMotion">Held-out scenes for each camera motion that is measured.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="cancellation">Stops between samples; then nothing is written.</param>
    /// <exception cref="WanLabException">The pretraining is not finished.</exception>
    public static void Write(PretrainingFolder folder, int scenesPerMotion, Action<PretrainingProgress> report,
        CancellationToken cancellation)
    {
        Runtime.Threads = 1;
        var options = PretrainingFolder.ReadOptions(folder.OptionsFile);
        var model = BaseModel.Open(ModelLayout.FromFolder(folder.Model), TinyModel.Name, compute: DType.Float32);
        var figures = TinyFigures.Measure(model, options, scenesPerMotion, report, cancellation);
        AtomicFile.WriteText(Path.Combine(folder.Model, "MODEL_CARD.md"), Text(options, folder, figures));
    }

    private static string Text(PretrainingOptions options, PretrainingFolder folder, TinyFigures figures)
    {
        var measured = Phases(folder.Metrics);
        var megabytes = Directory.EnumerateFiles(folder.Model, "*", SearchOption.AllDirectories).Sum(
            file => new FileInfo(file).Length) / 1e6;
        (string Name, string What, PhaseOptions Phase)[] phases =
        [
            ("vae", "VAE", options.VaePhase), ("shared", "one transformer on all timesteps, with the text encoder", options.SharedPhase),
            ("high", "high-noise expert, from it", options.HighPhase), ("low", "low-noise expert, from it", options.LowPhase),
            ("decoder", "the VAE's decoder, on whole clips", options.DecoderPhase),
        ];
        var rows = phases.Select(
            p =>
                Invariant(
                    $"| {p.What} | {p.Phase.Steps} | {p.Phase.Batch} | {p.Phase.LearningRate:0.0e0} | {measured[p.Name].Loss:0.0000} | {measured[p.Name].Minutes:0.0} |"));
        var (vae, expert, text) = (options.Vae, options.Transformer, options.TextEncoder);
        return Invariant($"""
            # wan-tiny

            A very small image-to-video model of the same build as Wan 2.2 I2V A14B, made to try WanLab without a download and
            without a GPU: two experts with the boundary at {options.Boundary:0.0}, 36 input channels, flow matching with shift {options.Shift:0}, the Wan
            2.1 VAE and a UMT5 encoder. Only the sizes differ. It knows toy scenes and nothing else.

            - Licence: Apache-2.0, as WanLab. Weights: bf16, {megabytes:0.0} MB in total.
            - Experts: width {expert.Dim}, {expert.NumHeads} heads, {expert.NumLayers} blocks, feed-forward {expert.FfnDim}, {expert.TextLen} text tokens.
            - VAE: base width {vae.Dim} (the published one: 96), otherwise as published; latent mean and deviation measured on the training clips.
            - Text encoder: width {text.Dim}, {text.NumLayers} blocks, {text.VocabSize} pieces (see the tokenizer's folder in the source).

            ## Data

            {options.Clips} scenes of seed {options.Seed}, drawn by WanLab's own renderer at {options.Side} x {options.Side}, {options.Frames} frames at 16 a second, with captions from a
            grammar: toys and solids in ten colours on four floors under six skies, which stand, slide, bounce or spin, seen by a camera
            that stands, pans, tilts, dollies, trucks or zooms. The camera never orbits: that is left for adapters to learn.

            ## Training

            `wanlab tiny pretrain --device {options.Device} --workers {options.Workers}` (the other defaults are what was used; caption dropout {options.CaptionDropout:0.0})

            | phase | steps | batch | learning rate | loss at the end | minutes |
            | --- | --- | --- | --- | --- | --- |
            {string.Join('\n', rows)}

            AdamW, warm-up and cosine decay; the weights are running averages. The two experts share their first phase, which makes
            better use of a short training. Minutes count only the steps.

            ## Measured

            On scenes that were not trained on ({TinySampler.Settings.Sampler}, {TinySampler.Settings.Steps} steps, guidance {TinySampler.Settings.GuidanceScale.High:0.0}):

            | what | value |
            | --- | --- |
            | VAE, reconstruction of clips | {figures.Reconstruction:0.0} dB |
            | first sampled frame against the image | {figures.FirstFrame:0.0} dB |
            | sampled clips against the rendered ones | {figures.Sample:0.0} dB |
            | the image repeated, against the rendered clips | {figures.Still:0.0} dB |
            | samples whose camera moves as the caption says, classified from optical flow | {figures.Motions.Sum(m => m.Sampled)} of {figures.Motions.Sum(m => m.Scenes)} ({figures.Motions.Sum(m => m.Sampled) / (double)figures.Motions.Sum(m => m.Scenes):0 %}) |
            | the same for the rendered clips: what the classification itself gets right | {figures.Motions.Sum(m => m.Rendered)} of {figures.Motions.Sum(m => m.Scenes)} |

            ## Limits

            {options.Side} x {options.Side} pixels and {options.Frames} frames; other sizes work but were not trained. Words outside the grammar mean nothing to
            it. Fine patterns and small distant things blur. It is for trying out training, not for making videos.

            """);
    }

    // The loss is the mean over the last twentieth of a phase.
    private static Dictionary<string, (double Loss, double Minutes)> Phases(string metrics) => File.ReadLines(metrics)
        .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
        .GroupBy(line => line.GetProperty("phase").GetString()!)
        .ToDictionary(group => group.Key, group => (
            group.TakeLast(Math.Max(1, group.Count() / 20)).Average(line => line.GetProperty("loss").GetDouble()),
            group.Sum(line => line.GetProperty("seconds").GetDouble()) / 60));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
