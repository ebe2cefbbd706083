namespace WanLab.Models.Umt5;

/// <summary>
/// T5's buckets of relative positions: exact for near positions, logarithmically wider for distant ones. Source: Wan2.2
/// wan/modules/t5.py.
/// </summary>
internal static class RelativePositions
{
    /// <summary>Bucket of the key at <paramref name="relative"/> = key position - query position.</summary>
    public static long Bucket(int relative, int buckets, int maxDistance)
    {
        var half = buckets / 2;
        var exact = half / 2;
        var distance = Math.Abs(relative);
        var bucket = distance;
        if (distance >= exact)
        {
            // In fp32, as the official code computes it: another precision would shift the borders of the buckets.
            var far = MathF.Log(distance / (float)exact) / (float)Math.Log(maxDistance / (double)exact) * (half - exact);
            bucket = Math.Min(half - 1, exact + (int)far);
        }
        return relative > 0 ? half + bucket : bucket;
    }

    /// <summary>Numbers of the buckets, [length (query), length (key)], Int64.</summary>
    public static Tensor Buckets(int length, int buckets, int maxDistance)
    {
        var byOffset = new long[2 * length - 1];
        for (var k = 0; k < byOffset.Length; k++) byOffset[k] = Bucket(k - (length - 1), buckets, maxDistance);
        var all = new long[(long)length * length];
        for (var q = 0; q < length; q++) byOffset.AsSpan(length - 1 - q, length).CopyTo(all.AsSpan(q * length));
        return Tensor.From(all, length, length);
    }
}
