using WanLab.Datasets;
using WanLab.Models;
using WanLab.Torch.Interop;

namespace WanLab.Tests.Datasets;

public sealed class BatchOrderTests
{
    // shapes by item: two sizes and a length
    private static IReadOnlyList<Clip> Clips(params string[] shapes) =>
    [
        .. shapes.Select((shape, k) => new Clip
        {
            Path = $"{k}.mp4",
            Info = Infos.At(16, 99),
            Caption = "",
            Bucket = shape[0] == 'w' ? new Bucket(832, 480) : new Bucket(480, 832),
            NumFrames = shape.EndsWith('5') ? 5 : 41,
            Sampling = FrameSampling.Native,
        }),
    ];

    private static readonly (IReadOnlyList<Clip> Items, double Weight, int Repeats)[] Mixed =
        [(Clips("w", "w", "w", "w", "h", "h", "w5"), 1, 1), (Clips("h", "w", "w"), 2, 3)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_items_of_a_batch_have_one_shape_and_the_shares_stay(int batchSize)
    {
        var order = new BatchOrder(42, batchSize, Mixed);
        var counts = new Dictionary<(int, int), int>();
        const int batches = 5000;
        for (var position = 0; position < batches; position++)
        {
            var batch = order.At(position);
            Assert.Equal(batchSize, batch.Count);
            Assert.Single(batch.Select(place => Mixed[place.Dataset].Items[place.Item]).Select(c => (c.Bucket, c.NumFrames)).Distinct());
            foreach (var place in batch) counts[place] = counts.GetValueOrDefault(place) + 1;
        }
        // 7 items that count once and 3 that count 6 times: 25 places
        foreach (var (place, count) in counts)
            Assert.InRange(count, 0.99 * batches * batchSize * (place.Item1 == 0 ? 1 : 6) / 25 - 6,
                1.01 * batches * batchSize * (place.Item1 == 0 ? 1 : 6) / 25 + 6);
        Assert.Equal(10, counts.Count);
    }

    [Fact]
    public void One_item_a_batch_deals_out_every_item_before_any_comes_again()
    {
        var order = new BatchOrder(1, 1, [(Clips("w", "h", "w", "w5", "h"), 1, 1)]);
        for (var epoch = 0; epoch < 10; epoch++)
            Assert.Equal([0, 1, 2, 3, 4], Enumerable.Range(5 * epoch, 5).Select(position => order.At(position)[0].Item).Order());
        Assert.NotEqual(Enumerable.Range(0, 20).Select(p => order.At(p)[0].Item), Enumerable.Range(5, 20).Select(p => order.At(p)[0].Item));
    }

    [Fact]
    public void Any_batch_is_found_without_the_ones_before()
    {
        var walked = Enumerable.Range(0, 500).Select(p => new BatchOrder(7, 2, Mixed).At(p)).ToList();
        foreach (var position in new[] { 499, 0, 123 }) Assert.Equal(walked[position], new BatchOrder(7, 2, Mixed).At(position));
        Assert.NotEqual(walked[1], new BatchOrder(8, 2, Mixed).At(1));
    }

    [Fact]
    public void A_shape_with_one_clip_repeats_it_within_a_batch() =>
        Assert.Equal([(0, 0), (0, 0)], new BatchOrder(1, 2, [(Clips("w"), 1, 1)]).At(0));

    [Fact]
    public void Datasets_without_weight_are_left_out()
    {
        var order = new BatchOrder(1, 2, [(Clips("w", "h"), 1, 1), (Clips("w5"), 0, 1)]);
        Assert.All(Enumerable.Range(0, 50), p => Assert.All(order.At(p), place => Assert.Equal(0, place.Dataset)));
    }
}
