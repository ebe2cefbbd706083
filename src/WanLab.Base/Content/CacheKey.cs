using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WanLab.Content;

/// <summary>
/// Names cached content by everything it was made from. Parts have names and types, and the length of a text is written before it,
/// so two different lists of parts never give the same bytes. The order of the parts counts.
/// </summary>
internal sealed class CacheKey
{
    private readonly byte[] _parts;

    /// <summary>Starts a key for one kind of content.</summary>
    /// <param name="kind">Kind of content and a version, such as "latents/1"; the version changes when the way of making it does.</param>
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

    /// <summary>The key with a floating-point number added, bit for bit.</summary>
    public CacheKey With(string name, double value) => new(_parts, 'd', name, Number(BitConverter.DoubleToInt64Bits(value)));

    /// <summary>The key with a boolean added.</summary>
    public CacheKey With(string name, bool value) => new(_parts, 'b', name, [(byte)(value ? 1 : 0)]);

    /// <summary>The key with a list of whole numbers added.</summary>
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
