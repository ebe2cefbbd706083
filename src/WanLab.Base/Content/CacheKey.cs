using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WanLab.Content;

/// <summary>
/// Names cached content by everything it was made from. Parts are named and typed, and lengths are written before texts,
/// so two different lists of parts never give the same bytes. Order counts.
/// </summary>
public sealed class CacheKey
{
    private readonly byte[] _parts;

    /// <summary>Starts a key.</summary>
    /// <param name="kind">What is stored, with a version that changes when the way it is made does, such as "latents/1".</param>
    public CacheKey(string kind) : this([], 'k', "kind", Encoding.UTF8.GetBytes(kind)) { }

    private CacheKey(byte[] before, char type, string name, byte[] value)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        _parts = [.. before, (byte)type, .. Number(nameBytes.Length), .. nameBytes, .. Number(value.Length), .. value];
    }

    /// <summary>The key with a text added.</summary>
    public CacheKey With(string name, string value) => new(_parts, 's', name, Encoding.UTF8.GetBytes(value));

    /// <summary>The key with a whole number added.</summary>
    public CacheKey With(string name, long value) => new(_parts, 'i', name, Number(value));

    /// <summary>The key with a number added, bit for bit.</summary>
    public CacheKey With(string name, double value) => new(_parts, 'd', name, Number(BitConverter.DoubleToInt64Bits(value)));

    /// <summary>The key with a yes or no added.</summary>
    public CacheKey With(string name, bool value) => new(_parts, 'b', name, [(byte)(value ? 1 : 0)]);

    /// <summary>The key with a list of numbers added.</summary>
    public CacheKey With(string name, IReadOnlyList<int> values) => new(_parts, 'l', name, [.. values.SelectMany(v => Number(v))]);

    /// <summary>SHA-256 of the parts, 64 lower-case hex digits.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(_parts));

    /// <inheritdoc/>
    public override string ToString() => Hash;

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
