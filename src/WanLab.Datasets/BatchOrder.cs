namespace WanLab.Datasets;

/// <summary>
/// The items of the batch at each position, without end. They depend only on the seed and the position, as in
/// <see cref="TrainingOrder"/>. All items of a batch have one shape (size and number of frames), since they go through
/// the model together. Each shape gets as many batches as the shares of its items add up to, in random order among the batches of
/// the other shapes. Within its batches a shape deals out its items by their datasets' shares, all of them once before any repeats.
/// So every clip is seen as often as without batches, none is left over, and a shape with fewer clips than a batch repeats clips
/// within it (each time with its own noise and timestep).
/// </summary>
internal sealed class BatchOrder
{
    private readonly int _batchSize;
    private readonly TrainingOrder _shapes;
    private readonly Group[] _groups;

    /// <summary>Creates the order from the datasets' items and shares.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="batchSize">Number of items in a batch.</param>
    /// <param name="datasets">Each dataset's items and share.</param>
    /// <exception cref="WanLabException">There is nothing to train on.</exception>
    public BatchOrder(long seed, int batchSize, IReadOnlyList<(IReadOnlyList<Clip> Items, double Weight, int Repeats)> datasets)
    {
        _batchSize = batchSize;
        var shapes = datasets.Where(d => d.Weight > 0).SelectMany(d => d.Items).Select(Shape).Distinct().Order().ToList();
        _groups = [.. shapes.Select((shape, g) => new Group(shape, datasets, (long)CounterRandom.Bits(seed, "shape", g)))];
        _shapes = new TrainingOrder(seed, [.. _groups.Select(g => new DatasetShare(1, g.Order.EpochLength / batchSize))]);
    }

    /// <summary>The items of the batch at a position, counted from 0.</summary>
    public IReadOnlyList<(int Dataset, int Item)> At(long position)
    {
        var place = _shapes.At(position);
        return [.. Enumerable.Range(0, _batchSize).Select(k => _groups[place.Dataset].At(place.Number * _batchSize + k))];
    }

    private static (int Width, int Height, int Frames) Shape(Clip clip) => (clip.Bucket.Width, clip.Bucket.Height, clip.NumFrames);

    private sealed class Group
    {
        private readonly int[][] _items;

        public Group((int, int, int) shape, IReadOnlyList<(IReadOnlyList<Clip> Items, double Weight, int Repeats)> datasets, long seed)
        {
            _items = [.. datasets.Select(d => Enumerable.Range(0, d.Items.Count).Where(k => Shape(d.Items[k]) == shape).ToArray())];
            Order = new TrainingOrder(seed, [.. datasets.Zip(_items, (d, items) => new DatasetShare(items.Length, d.Weight, d.Repeats))]);
        }

        public TrainingOrder Order { get; }

        public (int Dataset, int Item) At(long number)
        {
            var place = Order.At(number);
            return (place.Dataset, _items[place.Dataset][place.Item]);
        }
    }
}
