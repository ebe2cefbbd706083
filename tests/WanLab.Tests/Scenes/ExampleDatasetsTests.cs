using WanLab.Scenes;

namespace WanLab.Tests.Scenes;

public sealed class ExampleDatasetsTests : IDisposable
{
    private const int Side = ExampleDatasets.OrbitSide;
    private const int FrameBytes = Side * Side * 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-orbit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_clips_share_the_motion_and_nothing_else()
    {
        var scenes = ExampleDatasets.OrbitClips.Select(c => c.Scene).ToArray();

        Assert.Equal(12, scenes.Length);
        Assert.All(scenes, s => Assert.Equal((CameraMotion.OrbitRight, ExampleDatasets.OrbitDegreesPerSecond), (s.Camera, s.CameraRate)));
        Assert.All(scenes, s => Assert.Equal(ObjectMotion.None, s.Motion));
        Assert.Equal(12, scenes.Select(s => s.Subject).Distinct().Count());
        Assert.Equal(4, scenes.Select(s => s.Floor).Distinct().Count());
        Assert.Equal(6, scenes.Select(s => s.Background).Distinct().Count());
        Assert.DoesNotContain(ExampleDatasets.OrbitHeldOut, h => scenes.Any(s => s.Subject == h.Subject && s.Color == h.Color));
    }

    [Fact]
    public void A_clip_is_written_alike_each_time()
    {
        const int mug = 4;
        var (a, b) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"));

        ExampleDatasets.RenderClip(a, mug);
        ExampleDatasets.RenderClip(b, mug);

        var clip = ExampleDatasets.OrbitClipPath(a, mug);
        Assert.EndsWith("05_turquoise_mug", clip);
        Assert.Equal(File.ReadAllBytes(clip + ".mp4"), File.ReadAllBytes(ExampleDatasets.OrbitClipPath(b, mug) + ".mp4"));
        Assert.Equal("orbit 360 around the subject, a turquoise mug on a plain floor\n", File.ReadAllText(clip + ".txt"));
    }

    [Fact]
    public void The_data_set_in_the_repository_is_what_the_program_draws()
    {
        var folder = Path.Combine(Repository(), "datasets-example", "orbit");
        var clips = Enumerable.Range(0, ExampleDatasets.OrbitClips.Count).Select(i => ExampleDatasets.OrbitClipPath(folder, i)).ToArray();
        var images = Enumerable.Range(1, ExampleDatasets.OrbitHeldOut.Count).Select(i => Path.Combine(folder, "images", $"held_out_{i}.png")).ToArray();
        var pixels = Decoded.Frames([.. clips.Select(c => c + ".mp4")]);
        var stills = Decoded.Frames(images);

        // Each clip is found at the place where the lengths of those before it put it.
        var at = 0;
        for (var i = 0; i < clips.Length; i++)
        {
            var (scene, frames) = ExampleDatasets.OrbitClips[i];
            Assert.Equal(ExampleDatasets.OrbitCaption(scene) + "\n", File.ReadAllText(clips[i] + ".txt"));
            Assert.InRange(Difference(Still(scene), pixels.AsSpan(at)), 0, 4.5);
            at += frames * FrameBytes;
        }
        Assert.Equal(at, pixels.Length);
        for (var i = 0; i < images.Length; i++)
            Assert.InRange(Difference(Still(ExampleDatasets.OrbitHeldOut[i]), stills.AsSpan(i * FrameBytes)), 0, 0.1);
        Assert.Equal(24, Directory.GetFiles(Path.Combine(folder, "clips")).Length);
    }

    [Fact]
    public void The_job_prompts_are_captions_of_the_held_out_images()
    {
        var job = File.ReadAllText(Path.Combine(Repository(), "datasets-example", "orbit", "job.yaml"));

        Assert.All(ExampleDatasets.OrbitHeldOut, h => Assert.Contains($"prompt: \"{ExampleDatasets.OrbitCaption(h)}\"", job));
    }

    private static byte[] Still(SceneDescription scene) => SceneRenderer.Render(scene, Side, Side, 1);

    private static double Difference(byte[] frame, ReadOnlySpan<byte> pixels)
    {
        long sum = 0;
        for (var i = 0; i < frame.Length; i++) sum += Math.Abs(frame[i] - pixels[i]);
        return (double)sum / frame.Length;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WanLab.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
