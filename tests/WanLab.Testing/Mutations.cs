using System.Runtime.CompilerServices;

namespace WanLab.Testing;

/// <summary>
/// Changed copies of a sample file, for fuzz tests. Each copy is a function of the seed and its number, so a failure is made again by
/// its number alone.
/// </summary>
public static class Mutations
{
    // Bytes that parsers treat in a special way, and numbers at the edges of their types.
    private static readonly byte[][] Tokens =
    [
        [0], [0xff], [0x80], [0x0a], "\r\n"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(),
        "]"u8.ToArray(), ":"u8.ToArray(), ","u8.ToArray(), "-"u8.ToArray(), "\\"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(),
        "1e999"u8.ToArray(), "-1"u8.ToArray(), "9223372036854775807"u8.ToArray(), "18446744073709551616"u8.ToArray(),
        "null"u8.ToArray(), "NaN"u8.ToArray(),
        "&a"u8.ToArray(), "*a"u8.ToArray(), "<<"u8.ToArray(), "../"u8.ToArray(), [0xef, 0xbb, 0xbf], [0xc0, 0x80], [0xed, 0xa0, 0x80],
        [0xff, 0xff, 0xff, 0x7f], [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0x80], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ];

    /// <summary>
    /// The first copies of the sample under a seed; in a long run (<see cref="FuzzRun"/>) as many as its time allows.
    /// </summary>
    /// <param name="sample">The file.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="count">The number of copies in the suite.</param>
    /// <param name="share">The share of a long run's time that these copies take; those of a class add up to 1.</param>
    /// <param name="test">The name of the test; the compiler gives it.</param>
    public static IEnumerable<byte[]> Of(byte[] sample, long seed, int count, double share = 1, [CallerMemberName] string test = "") =>
        (FuzzRun.Current?.Numbers($"{test}, seed {seed}", share) ?? Enumerable.Range(0, count).Select(number => (long)number))
            .Select(number => Of(sample, seed, number));

    /// <summary>One copy of the sample, with one to eight changes.</summary>
    public static byte[] Of(byte[] sample, long seed, long number)
    {
        var bytes = sample.ToList();
        var drawn = 0;
        for (var left = 1 + Below(8); left > 0; left--) Change();
        return [.. bytes];

        int Below(int limit) => (int)(CounterRandom.Bits(seed, "mutation", number, drawn++) % (ulong)limit);

        void Change()
        {
            var at = Below(bytes.Count + 1);
            var length = Math.Min(1 + Below(Below(4) == 0 ? 256 : 8), bytes.Count - at);
            var token = Tokens[Below(Tokens.Length)];
            switch (Below(8))
            {
                case 0 when length > 0:
                    bytes[at] ^= (byte)(1 << Below(8));
                    break;
                case 1 when length > 0:
                    bytes[at] = (byte)Below(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(Below(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.InsertRange(at, token);
                    break;
                case 5:
                    for (var k = 0; k < token.Length && at + k < bytes.Count; k++) bytes[at + k] = token[k];
                    break;
                case 6:
                    for (var k = 0; k < length; k++) bytes[at + k] = (byte)Below(256);
                    break;
                case 7 when Below(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, [(byte)Below(256)]);
                    break;
            }
        }
    }
}
