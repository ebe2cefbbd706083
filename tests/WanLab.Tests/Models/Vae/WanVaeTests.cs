using WanLab.Models.Vae;
using WanLab.Parity;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Models.Vae;

public sealed class WanVaeTests : TensorTest
{
    [Fact]
    public void The_vae_agrees_with_the_official_code_to_float32_rounding()
    {
        var folder = Directory.CreateTempSubdirectory("wanlab");
        try
        {
            foreach (var file in new[] { "vae-tiny.json", "vae-tiny.safetensors" })
                File.Copy(Path.Combine(Repository.Root, "tests", "goldens", file), Path.Combine(folder.FullName, file));
            var results = ParityRunner.Run(folder.FullName).ToList();
            Assert.Equal(7, results.Count);
            Assert.All(results, result => Assert.InRange(result.Error, 0, 3e-5));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Later_frames_do_not_change_earlier_latents()
    {
        using var vae = TinyVae.Create();
        var video = TinyVae.Video(1, 13);
        var whole = vae.Encode(video);
        foreach (var frames in new[] { 1, 5, 9 })
            Assert.True(vae.Encode(video.Narrow(2, 0, frames)).EqualTo(whole.Narrow(2, 0, 1 + (frames - 1) / 4)), $"{frames} frames");
    }

    [Fact]
    public void Later_latents_do_not_change_earlier_frames()
    {
        using var vae = TinyVae.Create();
        var latent = vae.Encode(TinyVae.Video(1, 13));
        var whole = vae.Decode(latent);
        foreach (var latents in new[] { 1, 2, 3 })
            Assert.True(vae.Decode(latent.Narrow(2, 0, latents)).EqualTo(whole.Narrow(2, 0, 1 + 4 * (latents - 1))), $"{latents} latents");
    }

    [Fact]
    public void One_image_is_a_video_of_one_frame()
    {
        using var vae = TinyVae.Create();
        var latent = vae.Encode(TinyVae.Video(2, 1));
        Assert.Equal([2, 16, 1, 2, 3], latent.Shape);
        Assert.Equal([2, 3, 1, 16, 24], vae.Decode(latent).Shape);
    }

    [Fact]
    public void Clips_of_a_batch_do_not_mix()
    {
        using var vae = TinyVae.Create();
        var video = TinyVae.Video(3, 9);
        var latents = vae.Encode(video);
        var decoded = vae.Decode(latents);
        for (var clip = 0; clip < 3; clip++)
        {
            AssertClose(vae.Encode(video.Narrow(0, clip, 1)), latents.Narrow(0, clip, 1), 1e-4);
            AssertClose(vae.Decode(latents.Narrow(0, clip, 1)), decoded.Narrow(0, clip, 1), 1e-4);
        }
    }

    [Fact]
    public void Chunks_are_the_video_in_pieces_of_1_4_4()
    {
        using var vae = TinyVae.Create();
        var latent = vae.Encode(TinyVae.Video(1, 9));
        var chunks = vae.DecodeChunks(latent).ToList();
        Assert.Equal([1L, 4L, 4L], chunks.Select(chunk => chunk.Size(2)));
        Assert.True(Tensor.Cat([.. chunks], 2).EqualTo(vae.Decode(latent)));
    }

    [Fact]
    public void Leaving_the_chunks_early_leaves_no_tensor_behind()
    {
        using var vae = TinyVae.Create();
        var latent = vae.Encode(TinyVae.Video(1, 9));
        var before = Runtime.LiveTensors;
        foreach (var chunk in vae.DecodeChunks(latent))
        {
            chunk.Dispose();
            break;
        }
        Assert.Equal(before, Runtime.LiveTensors);
    }

    [Fact]
    public void Condition_is_the_encoding_of_the_frame_and_zeros()
    {
        using var vae = TinyVae.Create();
        var first = TinyVae.Video(2, 1);
        var padded = Tensor.Cat([first, Tensor.Zeros([2, 3, 8, 16, 24])], 2);
        Assert.True(vae.Condition(first, 9).EqualTo(vae.Encode(padded)));
        Assert.True(vae.Condition(first, 1).EqualTo(vae.Encode(first)));
    }

    [Fact]
    public void Decoded_pixels_are_limited_and_raw_ones_are_not()
    {
        using var vae = TinyVae.Create();
        var latent = vae.Encode(TinyVae.Video(1, 5)) * 100;
        Assert.InRange(vae.Decode(latent).Abs().Max().Item(), 0.5, 1);
        var raw = vae.DecodeRaw(vae.Denormalize(latent));
        Assert.True(raw.Abs().Max().Item() > 1);
        Assert.True(raw.Clamp(-1, 1).EqualTo(vae.Decode(latent)));
    }

    [Fact]
    public void Encoding_is_the_normalised_mean()
    {
        using var vae = TinyVae.Create();
        var video = TinyVae.Video(1, 5);
        var (mean, logVariance) = vae.EncodeMoments(video);
        Assert.Equal(mean.Shape, logVariance.Shape);
        Assert.True(vae.Normalize(mean).EqualTo(vae.Encode(video)));
        AssertClose(vae.Denormalize(vae.Normalize(mean)), mean, 1e-5);
    }

    [Fact]
    public void Gradients_reach_every_weight()
    {
        var weights = TinyVae.Weights(train: true);
        using var vae = new WanVae(weights, TinyVae.Config);
        var (mean, logVariance) = vae.EncodeMoments(TinyVae.Video(2, 9));
        var noisy = mean + (logVariance * 0.5).Exp();
        F.MseLoss(vae.DecodeRaw(noisy), TinyVae.Video(2, 9, seed: 2)).Backward();
        foreach (var (name, weight) in weights.Tensors)
        {
            var grad = weight.Grad;
            Assert.True(grad is not null, name);
            Assert.InRange(grad.Abs().Max().Item(), 1e-12, 1e6);
        }
        Assert.False(vae.Encode(TinyVae.Video(1, 1)).RequiresGrad);
        Assert.False(vae.Decode(vae.Normalize(mean.Detach())).RequiresGrad);
    }

    [Fact]
    public void A_step_along_the_gradient_changes_the_loss_as_foretold()
    {
        var weights = TinyVae.Weights(train: true);
        using var vae = new WanVae(weights, TinyVae.Config);
        var (video, target) = (TinyVae.Video(1, 9), TinyVae.Video(1, 9, seed: 2));
        Tensor Loss() => F.MseLoss(vae.DecodeRaw(vae.EncodeMoments(video).Mean), target);
        Loss().Backward();
        using var noGrad = GradMode.Off();
        var slope = weights.Tensors.Values.Sum(weight => (weight.Grad! * weight.Grad!).Sum().Item());
        double At(double distance)
        {
            foreach (var weight in weights.Tensors.Values) weight.AddInto(weight.Grad!, distance);
            var loss = Loss().Item();
            foreach (var weight in weights.Tensors.Values) weight.AddInto(weight.Grad!, -distance);
            return loss;
        }
        var step = 0.002 / Math.Sqrt(slope);
        Assert.InRange((At(step) - At(-step)) / (2 * step) / slope, 0.97, 1.03);
    }

    private static void AssertClose(Tensor actual, Tensor expected, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.InRange(Distance(actual, expected), 0, tolerance);
    }

    private static double Distance(Tensor actual, Tensor expected) => (actual - expected).Abs().Max().Item() / expected.Abs().Max().Item();
}
