using WanLab.Datasets;
using WanLab.Media;
using WanLab.Models;
using WanLab.Torch.Interop;

namespace WanLab.Tests.Datasets;

public sealed class HoldoutSplitTests
{
    [Theory]
    [InlineData(4, 0.5, 0)]
    [InlineData(5, 0.1, 1)]
    [InlineData(12, 0.25, 3)]
    [InlineData(30, 0.1, 3)]
    [InlineData(30, 0.0, 0)]
    public void A_share_of_five_or_more_clips_is_held_out(int clips, double share, int expected) =>
        Assert.Equal(expected, HoldoutSplit.Choose([Make("a", clips)], share, 42).Count);

    [Fact]
    public void Windows_and_mirrored_copies_go_with_their_file()
    {
        var dataset = Make("a", 6);
        var clips = dataset.Clips.SelectMany(
            c => (Clip[])[c, c with { FlipX = true }, c with { Chunk = 1, Sampling = FrameSampling.Chunks }]);
        dataset = dataset with { Clips = [.. clips] };
        var files = HoldoutSplit.Choose([dataset], 0.3, 7);

        Assert.Equal(2, files.Count);
        Assert.Equal(12, dataset.Without(files).Clips.Count);
        Assert.DoesNotContain(dataset.Without(files).Clips, clip => files.Contains(clip.Path));
        Assert.Equal(files.Order(), HoldoutSplit.OneEach(dataset.Clips).Select(c => c.Path).Where(files.Contains).Order());
    }

    [Fact]
    public void The_choice_follows_the_seed_and_a_new_clip_does_not_deal_the_others_anew()
    {
        string Chosen(int clips, long seed) =>
            string.Join(',', HoldoutSplit.Choose([Make("a", clips)], 0.1, seed).Select(Path.GetFileName));
        Assert.Equal(Chosen(12, 1), Chosen(12, 1));
        Assert.True(Enumerable.Range(0, 10).Select(seed => Chosen(12, seed)).Distinct().Count() > 3);
        Assert.True(Enumerable.Range(0, 20).Count(seed => Chosen(12, seed) == Chosen(13, seed)) > 12);
    }

    [Fact]
    public void Regularisation_sets_keep_all_and_every_dataset_keeps_one()
    {
        var regular = Make("r", 20);
        regular = regular with { Options = regular.Options with { IsRegularization = true } };
        Assert.All(HoldoutSplit.Choose([Make("a", 6), regular], 0.5, 3), file => Assert.StartsWith("/a/", file));
        Assert.Equal(4, HoldoutSplit.Choose([.. Enumerable.Range(0, 4).Select(k => Make($"d{k}", 2))], 0.99, 3).Count);
    }

    private static Dataset Make(string folder, int clips) => new(
        new DatasetOptions { Path = "/" + folder },
        [.. Enumerable.Range(0, clips).Select(k => new Clip
        {
            Path = $"/{folder}/clip{k}.mp4",
            Info = new MediaFacts { Width = 32, Height = 32, FrameTimes = [0], Fps = 16 },
            Caption = "a cube",
            Bucket = new Bucket(32, 32),
            NumFrames = 1,
            Sampling = FrameSampling.Native,
        })],
        []);
}
