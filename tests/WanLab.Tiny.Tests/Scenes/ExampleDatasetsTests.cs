using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Review.Measures;
using WanLab.Testing;
using WanLab.Tiny.Scenes;
using WanLab.Tiny.Scenes.Examples;

namespace WanLab.Tiny.Tests.Scenes;

public sealed class ExampleDatasetsTests : IDisposable
{
    private const int Side = ExampleDataset.Side;
    private const int FrameBytes = Side * Side * 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-examples-").FullName;

    public static TheoryData<string> Names => [.. ExampleDatasets.All.Select(set => set.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_orbit_clips_share_the_motion_and_nothing_else()
    {
        var set = OrbitExample.Dataset;
        var scenes = set.Clips.Select(c => c.Scene).ToArray();

        Assert.All(scenes, s => Assert.Equal((CameraMotion.OrbitRight, OrbitExample.DegreesPerSecond), (s.Camera, s.CameraRate)));
        Assert.All(scenes, s => Assert.Equal(ObjectMotion.None, s.Motion));
        Assert.Equal(12, scenes.Select(s => s.Subject).Distinct().Count());
        Assert.Equal(4, scenes.Select(s => s.Floor).Distinct().Count());
        Assert.Equal(6, scenes.Select(s => s.Background).Distinct().Count());
    }

    [Fact]
    public void The_neon_look_and_the_frung_are_in_their_sets_alone()
    {
        Assert.All(NeonExample.Dataset.Clips, clip => Assert.Equal(Look.Neon, clip.Scene.Look));
        Assert.All(FrungExample.Dataset.Clips, clip => Assert.Equal(Subject.Frung, clip.Scene.Subject));
        Assert.All(FrungExample.Dataset.Clips, clip => Assert.StartsWith("frung ", clip.Caption));

        var known = Enumerable.Range(0, 300).Select(seed => SceneGenerator.Draw(seed)).ToArray();
        Assert.DoesNotContain(known, scene =>
            scene.Subject == Subject.Frung || scene.Look == Look.Neon || scene.Camera is CameraMotion.OrbitLeft or CameraMotion.OrbitRight);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Held_out_images_show_what_no_clip_shows(string name)
    {
        var set = ExampleDatasets.Find(name);

        Assert.InRange(set.Clips.Count, 10, 20);
        Assert.Equal(2, set.HeldOut.Count);
        Assert.DoesNotContain(set.HeldOut, h => set.Clips.Any(c => (c.Scene.Subject, c.Scene.Color, c.Scene.Floor, c.Scene.Background)
            == (h.Scene.Subject, h.Scene.Color, h.Scene.Floor, h.Scene.Background)));
    }

    [Fact]
    public void A_clip_is_written_alike_each_time()
    {
        const int mug = 4;
        var (a, b) = (Path.Combine(_folder, "a"), Path.Combine(_folder, "b"));
        var set = OrbitExample.Dataset;

        set.RenderClip(a, mug);
        set.RenderClip(b, mug);

        var clip = set.ClipPath(a, mug);
        Assert.EndsWith("05_turquoise_mug", clip);
        Assert.Equal(File.ReadAllBytes(clip + ".mp4"), File.ReadAllBytes(set.ClipPath(b, mug) + ".mp4"));
        Assert.Equal("orbit 360 around the subject, a turquoise mug on a plain floor\n", File.ReadAllText(clip + ".txt"));
    }

    [Fact]
    public void The_raw_clips_in_the_repository_are_what_the_program_draws()
    {
        RawExample.Render(_folder);
        var (made, stored) = (Path.Combine(_folder, "clips"), Path.Combine(Repository.Root, "datasets-example", "raw", "clips"));
        string[] Names(string folder) =>
            [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

        Assert.Equal(Names(made), Names(stored));
        Assert.All(Names(made).Where(name => name.EndsWith(".txt", StringComparison.Ordinal)),
            name => Assert.Equal(File.ReadAllText(Path.Combine(made, name)), File.ReadAllText(Path.Combine(stored, name))));
        // The one that breaks off is only half decoded, differently by each version of ffmpeg.
        string[] clips = [.. Names(made).Where(name => name.EndsWith(".mp4", StringComparison.Ordinal) && name != "14_broken_off.mp4")];
        var (drawn, kept) = (Decoded.Frames([.. clips.Select(name => Path.Combine(made, name))]),
            Decoded.Frames([.. clips.Select(name => Path.Combine(stored, name))]));
        Assert.Equal(drawn.Length, kept.Length);
        Assert.InRange(Difference(drawn, kept), 0, 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_data_set_in_the_repository_is_what_the_program_draws(string name)
    {
        var set = ExampleDatasets.Find(name);
        var folder = Path.Combine(Repository.Root, "datasets-example", name);
        var clips = Enumerable.Range(0, set.Clips.Count).Select(i => set.ClipPath(folder, i)).ToArray();
        var pixels = Decoded.Frames([.. clips.Select(c => c + ".mp4")]);
        var stills = Decoded.Frames([.. Enumerable.Range(0, set.HeldOut.Count).Select(i => ExampleDataset.ImagePath(folder, i))]);

        // Each clip is found at the place where the lengths of those before it put it.
        var at = 0;
        for (var i = 0; i < clips.Length; i++)
        {
            Assert.Equal(set.Clips[i].Caption + "\n", File.ReadAllText(clips[i] + ".txt"));
            Assert.InRange(Difference(Still(set.Clips[i].Scene), pixels.AsSpan(at)), 0, 6); // saturated lines lose a little to 4:2:0
            at += set.Clips[i].Frames * FrameBytes;
        }
        Assert.Equal(at, pixels.Length);
        for (var i = 0; i < set.HeldOut.Count; i++)
            Assert.InRange(Difference(Still(set.HeldOut[i].Scene), stills.AsSpan(i * FrameBytes)), 0, 0.1);
        Assert.Equal(2 * clips.Length, Directory.GetFiles(Path.Combine(folder, "clips")).Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_job_can_be_read_and_prompts_the_held_out_images_in_the_captions_words(string name)
    {
        var set = ExampleDatasets.Find(name);

        var (job, _) = JobReader.Load(Path.Combine(Repository.Root, "datasets-example", name, "job.yaml"));

        Assert.Equal(set.HeldOut.Select(h => h.Prompt), job.Sample.Prompts.Select(p => p.Prompt));
        Assert.Equal(["held_out_1.png", "held_out_2.png"], job.Sample.Prompts.Select(p => Path.GetFileName(p.Image)));
    }

    private static byte[] Still(SceneDescription scene) => SceneRenderer.Render(scene, Side, Side, 1);

    private static double Difference(byte[] frame, ReadOnlySpan<byte> pixels)
    {
        long sum = 0;
        for (var i = 0; i < frame.Length; i++) sum += Math.Abs(frame[i] - pixels[i]);
        return (double)sum / frame.Length;
    }
}
