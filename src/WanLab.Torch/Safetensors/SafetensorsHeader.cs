using System.Buffers.Binary;
using System.Text.Json;

namespace WanLab.Torch.Safetensors;

/// <summary>
/// The header of a safetensors file: 8 bytes of length, then JSON. It is checked completely, so that a damaged or malicious
/// file is refused before any of it is used. Format: github.com/huggingface/safetensors.
/// </summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata,
    long DataStart)
{
    private const long MaxHeader = 100_000_000;
    private const int MaxRank = 32;

    private static readonly Dictionary<string, DType> Types = new()
    {
        ["BOOL"] = DType.Bool,
        ["U8"] = DType.UInt8,
        ["I8"] = DType.Int8,
        ["I16"] = DType.Int16,
        ["I32"] = DType.Int32,
        ["I64"] = DType.Int64,
        ["F16"] = DType.Float16,
        ["BF16"] = DType.BFloat16,
        ["F32"] = DType.Float32,
        ["F64"] = DType.Float64,
        ["F8_E5M2"] = DType.Float8E5M2,
        ["F8_E4M3"] = DType.Float8E4M3,
    };

    public static string NameOf(DType dtype) => Types.First(pair => pair.Value == dtype).Key;

    public static SafetensorsHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[ForeignFile.StartBytes];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        var length = start.Length < 8 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length is < 2 or > MaxHeader || length > stream.Length - 8)
        {
            if (ForeignFile.ByContent(start, path) is { } why) throw new WanLabException($"{path}: {why}");
            throw Bad(path, start.Length < 8
                ? $"it has only {stream.Length} bytes, not even a header's length"
                : $"its header claims {(ulong)length} bytes, the file has {stream.Length} (was the download cut off?)");
        }
        stream.Position = 8;
        var json = new byte[length];
        stream.ReadExactly(json);
        return Parse(json, stream.Length - 8 - length, path);
    }

    public static WanLabException Bad(string path, string why) =>
        new($"{path}: not a valid safetensors file: {why}. Fetch or write the file again.");

    private static SafetensorsHeader Parse(byte[] json, long dataLength, string path)
    {
        var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Bad(path, "its header is not a JSON object");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    foreach (var pair in property.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString() ?? "";
                    continue;
                }
                if (!entries.TryAdd(property.Name, Entry(property.Name, property.Value, path)))
                    throw Bad(path, $"tensor '{property.Name}' is listed twice");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Bad(path, $"its header cannot be read ({e.Message.TrimEnd('.')})");
        }
        CheckLayout(entries.Values, dataLength, path);
        return new SafetensorsHeader(entries, metadata, 8 + json.Length);
    }

    private static TensorEntry Entry(string name, JsonElement value, string path)
    {
        var type = value.GetProperty("dtype").GetString() ?? "";
        if (!Types.TryGetValue(type == "F8_E4M3FN" ? "F8_E4M3" : type, out var dtype))
            throw Bad(path, $"tensor '{name}' has the type '{type}', which is not one of {string.Join(", ", Types.Keys)}");
        var shape = value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (shape.Length > MaxRank) throw Bad(path, $"tensor '{name}' has {shape.Length} axes; {MaxRank} are the most");
        if (offsets.Length != 2) throw Bad(path, $"tensor '{name}' has {offsets.Length} data_offsets instead of 2");
        var bytes = (Int128)dtype.Size();
        foreach (var size in shape)
        {
            bytes *= size;
            if (size < 0 || bytes > long.MaxValue)
                throw Bad(path, $"tensor '{name}' has the impossible shape [{string.Join(", ", shape)}]");
        }
        if (bytes != (Int128)offsets[1] - offsets[0])
            throw Bad(path, $"tensor '{name}' of {type} [{string.Join(", ", shape)}] takes {bytes} bytes, its offsets say " +
                $"{(Int128)offsets[1] - offsets[0]}");
        return new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static void CheckLayout(IEnumerable<TensorEntry> entries, long dataLength, string path)
    {
        TensorEntry? before = null;
        foreach (var entry in entries.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            if (entry.Start < 0 || entry.End > dataLength)
                throw Bad(path, $"tensor '{entry.Name}' lies at bytes {entry.Start}..{entry.End}, but the file holds {dataLength} bytes " +
                    "of data (was the download cut off?)");
            if (before is not null && entry.Start < before.End)
                throw Bad(path, $"tensors '{before.Name}' and '{entry.Name}' overlap");
            before = entry;
        }
    }
}
