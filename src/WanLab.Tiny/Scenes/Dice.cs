namespace WanLab.Tiny.Scenes;

/// <summary>Random draws from a seed and a counter (SplitMix64), the same on every machine.</summary>
internal sealed class Dice(long seed)
{
    private ulong _counter;

    /// <summary>The next number in [0, 1).</summary>
    public double Next() => At(seed, _counter++);

    /// <summary>The next number in [low, high).</summary>
    public double Between(double low, double high) => low + (high - low) * Next();

    /// <summary>The next element of a list; all are equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[(int)(Next() * items.Count)];

    /// <summary>The number in [0, 1) that belongs to a seed and a counter.</summary>
    public static double At(long seed, ulong counter)
    {
        var x = Mix(Mix((ulong)seed + 0x9E3779B97F4A7C15UL) + (counter + 1) * 0x9E3779B97F4A7C15UL);
        return (x >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
