using WanLab.Content;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Jobs;
using WanLab.Media;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training;

public sealed class ImageTrainingTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void The_condition_of_an_image_does_not_give_it_away()
    {
        var dataset = ClipLibrary.Scan(Options());
        using var encoder = new ClipEncoder(new ContentStore(run.Cache, message => Assert.Fail(message)), run.Model);
        var encoded = dataset.Clips.Select(clip => encoder.Encode(clip, default).Load(0)).ToList();

        Assert.Equal([1L, 20, 1, 4, 4], encoded[0].Condition.Shape);
        Assert.Equal(0, encoded[0].Condition.Narrow(1, 0, 4).Abs().Max().Item()); // the mask: nothing is known
        Assert.True(encoded[0].Condition.EqualTo(encoded[1].Condition)); // the same whatever the image
        Assert.False(encoded[0].Latent.EqualTo(encoded[1].Latent));
        Assert.False(encoded[0].Latent.EqualTo(encoded[0].Condition.Narrow(1, 4, 16)));
    }

    [Fact]
    public void A_folder_of_images_trains()
    {
        var (steps, events, _) = run.Train(
            run.Job("images") with { Datasets = [Options()], Validation = new() { Every = 8, Holdout = 0.2 } });
        Assert.Equal(8, steps);
        Assert.Equal(5, events.OfType<DataReady>().Single().Clips);
        Assert.Equal(2, events.OfType<ValidationDone>().Count());
    }

    [Fact]
    public void The_job_says_what_images_can_not_teach()
    {
        var (_, warnings) = JobReader.Check(run.Job("told") with { Datasets = [Options()] });
        Assert.Contains(warnings, w => w.Key == "datasets.0.num_frames" && w.Message.Contains("trained without a condition image"));
    }

    private DatasetOptions Options()
    {
        var folder = run.At("pictures");
        if (!Directory.Exists(folder))
        {
            for (var k = 0; k < 6; k++)
            {
                run.WriteClip(folder, $"p{k}", 70 + k, frames: 1);
                var clip = Path.Combine(folder, $"p{k}.mp4");
                Ffmpeg.Run("ffmpeg", ["-v", "error", "-i", clip, "-frames:v", "1", Path.ChangeExtension(clip, ".png")]);
                File.Delete(clip);
            }
        }
        return new DatasetOptions { Path = folder, Resolutions = [32], NumFrames = 1 };
    }
}
