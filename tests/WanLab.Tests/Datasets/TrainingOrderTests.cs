using WanLab.Datasets;
using WanLab.Models;

namespace WanLab.Tests.Datasets;

public class TrainingOrderTests
{
    [Fact]
    public void Each_epoch_is_a_permutation_of_all_items()
    {
        var order = new TrainingOrder(42, [new(7), new(5)]);
        Assert.Equal(12, order.EpochLength);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var places = Places(order, epoch * 12, 12);
            Assert.All(places, place => Assert.Equal(epoch, place.Epoch));
            Assert.Equal(Enumerable.Range(0, 7).Select(i => (0, i)).Concat(Enumerable.Range(0, 5).Select(i => (1, i))),
                places.Select(place => (place.Dataset, place.Item)).Order());
        }
    }

    [Fact]
    public void Epochs_and_seeds_have_orders_of_their_own()
    {
        var order = new TrainingOrder(42, [new(50)]);
        int[] Items(TrainingOrder o, int from) => [.. Places(o, from, 50).Select(place => place.Item)];
        Assert.NotEqual(Items(order, 0), Items(order, 50));
        Assert.NotEqual(Items(order, 0), Items(new TrainingOrder(43, [new(50)]), 0));
        Assert.NotEqual(Enumerable.Range(0, 50), Items(order, 0));
    }

    [Fact]
    public void Any_position_is_found_without_the_ones_before()
    {
        DatasetShare[] shares = [new(7, 0.3), new(5, 2, 3), new(1, 0.01), new(11)];
        var walked = Places(new TrainingOrder(1, shares), 0, 3000);
        foreach (var position in new[] { 2999, 0, 1234, 17, 2500 })
            Assert.Equal(walked[position], new TrainingOrder(1, shares).At(position));
        Assert.Equal(new TrainingOrder(1, shares).At(4_000_000_000_000), new TrainingOrder(1, shares).At(4_000_000_000_000));
    }

    [Fact]
    public void Repeats_and_weights_multiply_the_places_of_a_dataset()
    {
        var order = new TrainingOrder(42, [new(4, 1, 3), new(4, 2), new(4, 0)]);
        Assert.Equal(20, order.EpochLength);
        var counts = Places(order, 20, 20).CountBy(place => (place.Dataset, place.Item)).ToDictionary();
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal((3, 2, false), (counts[(0, i)], counts[(1, i)], counts.ContainsKey((2, i)))));
    }

    [Fact]
    public void Fractions_carry_over_so_that_shares_are_exact_in_the_long_run()
    {
        // 10 places, 0.25 places and 1.5 places an epoch: over 400 epochs 4000, 100 and 600.
        var order = new TrainingOrder(3, [new(10), new(1, 0.25), new(3, 0.5)]);
        var places = Places(order, 0, 4700);
        Assert.Equal([4000, 100, 600], Enumerable.Range(0, 3).Select(d => places.Count(place => place.Dataset == d)));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(200, places.Count(place => place == place with { Dataset = 2, Item = i })));
        Assert.Equal(399, places[^1].Epoch);
    }

    [Fact]
    public void A_share_far_below_one_place_an_epoch_works_alone()
    {
        var order = new TrainingOrder(3, [new(1, 0.001)]);
        Assert.Equal([0, 0, 0], Places(order, 0, 3).Select(place => place.Item));
    }

    [Fact]
    public void Nothing_to_train_on_and_senseless_weights_are_errors()
    {
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, []));
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, [new(5, 0)]));
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, [new(0)]));
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, [new(5, -1)]));
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, [new(5, double.NaN)]));
        Assert.Throws<WanLabException>(() => new TrainingOrder(1, [new(5, 1, 0)]));
    }

    private static TrainingPlace[] Places(TrainingOrder order, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(position => order.At(position))];
}
