namespace WanLab.Datasets;

/// <summary>The share of the training that one dataset gets.</summary>
/// <param name="Items">Number of items in the dataset.</param>
/// <param name="Weight">Factor of the dataset's share; 0 leaves it out.</param>
/// <param name="Repeats">Number of times each item counts in an epoch.</param>
internal sealed record DatasetShare(int Items, double Weight = 1, int Repeats = 1);

/// <summary>One place in the training order.</summary>
/// <param name="Dataset">Index of the dataset.</param>
/// <param name="Item">Index of the item in the dataset.</param>
/// <param name="Epoch">Epoch in which the place lies.</param>
/// <param name="Number">Running number of the place among the dataset's places, over all epochs: each number from 0 on occurs once.</param>
internal readonly record struct TrainingPlace(int Dataset, int Item, long Epoch, long Number);

/// <summary>
/// The item at each position, without end. It depends only on the seed and the position, so a run resumes anywhere.
/// A dataset has weight x repeats x items places in an epoch (fractions carry over to later epochs), in random order;
/// all its items come once before any repeats.
/// </summary>
internal sealed class TrainingOrder
{
    private readonly long _seed;
    private readonly DatasetShare[] _datasets;
    private readonly double[] _placesPerEpoch;
    private readonly Dictionary<(int Dataset, long Round), int[]> _orders = [];
    private const int OrdersKept = 64;
    private const int WholeEpoch = -1;

    /// <summary>Creates the order from the datasets' shares.</summary>
    /// <exception cref="WanLabException">A weight or count is out of range, or no dataset has a share.</exception>
    public TrainingOrder(long seed, IReadOnlyList<DatasetShare> datasets)
    {
        foreach (var d in datasets)
        {
            if (!(d.Weight >= 0) || double.IsInfinity(d.Weight) || d.Repeats < 1 || d.Items < 0)
                throw new WanLabException($"A dataset of {d.Items} items with weight {d.Weight} and repeats {d.Repeats}: " +
                    "weight must be 0 or more, repeats 1 or more.");
        }
        _seed = seed;
        _datasets = [.. datasets];
        _placesPerEpoch = [.. datasets.Select(d => d.Weight * d.Repeats * d.Items)];
        if (!(EpochLength > 0)) throw new WanLabException("No dataset has both items and a weight above 0: there is nothing to train on.");
    }

    /// <summary>Average number of positions in an epoch; with whole weights, the number in each epoch.</summary>
    public double EpochLength => _placesPerEpoch.Sum();

    /// <summary>The item at a position, counted from 0.</summary>
    public TrainingPlace At(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var epoch = EpochOf(position);
        var start = StartOf(epoch);
        var length = (int)(StartOf(epoch + 1) - start);
        long slot = Order(WholeEpoch, epoch, length)[(int)(position - start)];

        for (var d = 0; ; d++)
        {
            var first = StartOf(d, epoch);
            var places = StartOf(d, epoch + 1) - first;
            if (slot >= places)
            {
                slot -= places;
                continue;
            }
            var (round, rest) = Math.DivRem(first + slot, (long)_datasets[d].Items);
            return new TrainingPlace(d, Order(d, round, _datasets[d].Items)[rest], epoch, first + slot);
        }
    }

    // Number of places that a dataset had in the earlier epochs.
    private long StartOf(int dataset, long epoch) => (long)Math.Floor(epoch * _placesPerEpoch[dataset]);

    private long StartOf(long epoch)
    {
        long sum = 0;
        for (var d = 0; d < _datasets.Length; d++) sum += StartOf(d, epoch);
        return sum;
    }

    // The last epoch that starts at or before the position; the guess is off by the carried fractions at most.
    private long EpochOf(long position)
    {
        var epoch = (long)(position / EpochLength);
        while (StartOf(epoch) > position) epoch--;
        while (StartOf(epoch + 1) <= position) epoch++;
        return epoch;
    }

    private int[] Order(int dataset, long round, int count)
    {
        lock (_orders)
        {
            if (_orders.TryGetValue((dataset, round), out var order)) return order;
            if (_orders.Count >= OrdersKept) _orders.Clear();
            order = CounterRandom.Permutation(_seed, $"order {dataset}", round, count);
            return _orders[(dataset, round)] = order;
        }
    }
}
