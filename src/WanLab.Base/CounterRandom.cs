namespace WanLab;

/// <summary>
/// Random numbers that are pure functions of their use: (seed, stream, a, b). No state is carried from
/// one call to the next, so any step of a run can be recomputed without replaying the steps before it.
/// The generator is Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
/// a and b are its counter, seed and stream its key.
/// </summary>
internal static class CounterRandom
{
    /// <summary>64 random bits.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Purpose of the number, such as "timestep"; streams are independent of each other.</param>
    /// <param name="a">First counter, such as the step.</param>
    /// <param name="b">Second counter, such as the item within the step.</param>
    public static ulong Bits(long seed, string stream, long a, long b = 0) => Draw(seed, stream, a, b).First;

    /// <summary>A uniform number in [0, 1), with 53 random bits.</summary>
    /// <inheritdoc cref="Bits"/>
    public static double Uniform(long seed, string stream, long a, long b = 0) => ToUnit(Bits(seed, stream, a, b));

    /// <summary>A standard normal number (Box-Muller).</summary>
    /// <inheritdoc cref="Bits"/>
    public static double Normal(long seed, string stream, long a, long b = 0)
    {
        var (first, second) = Draw(seed, stream, a, b);
        // 1 - u is in (0, 1], so the logarithm is finite.
        return Math.Sqrt(-2 * Math.Log(1 - ToUnit(first))) * Math.Cos(2 * Math.PI * ToUnit(second));
    }

    /// <summary>A random order of 0 .. <paramref name="count"/> - 1 (Fisher-Yates).</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Purpose of the order.</param>
    /// <param name="a">Counter, such as the epoch.</param>
    /// <param name="count">Length of the order.</param>
    public static int[] Permutation(long seed, string stream, long a, int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)Math.BigMul(Bits(seed, stream, a, i), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static (ulong First, ulong Second) Draw(long seed, string stream, long a, long b)
    {
        var key = Mix(Mix((ulong)seed) ^ Fnv1A(stream));
        var (x0, x1, x2, x3) = Philox((uint)a, (uint)((ulong)a >> 32), (uint)b, (uint)((ulong)b >> 32), (uint)key, (uint)(key >> 32));
        return (((ulong)x1 << 32) | x0, ((ulong)x3 << 32) | x2);
    }

    /// <summary>The Philox 4x32-10 block function on a 128-bit counter and a 64-bit key, least significant word first.</summary>
    internal static (uint, uint, uint, uint) Philox(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = 0xD2511F53UL * c0;
            var p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    // The finaliser of SplitMix64: neighbouring seeds get unrelated keys.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static ulong Fnv1A(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 0x100000001B3;
            hash = (hash ^ (byte)(unit >> 8)) * 0x100000001B3;
        }
        return hash;
    }
}
