using System.Buffers.Binary;
using System.Text.Json;

namespace WanLab.Torch.Safetensors;

/// <summary>Writes safetensors files atomically: a reader sees the old file or the whole new one.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes tensors in the given order, with string metadata.</summary>
    /// <exception cref="WanLabException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        WriteParts(path, [.. tensors.Select(pair => new Part(pair.Key, pair.Value.DType, pair.Value.Shape, pair.Value.WriteTo))], metadata);

    /// <summary>Writes tensors whose bytes come from elsewhere, one after the other, so that none of them has to be in memory.</summary>
    /// <exception cref="WanLabException">The file cannot be written.</exception>
    internal static void WriteParts(string path, IReadOnlyList<Part> parts, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = Header(parts, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var part in parts) part.WriteTo(stream);
        });
    }

    private static byte[] Header(IReadOnlyList<Part> parts, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var at = 0L;
            foreach (var part in parts)
            {
                json.WriteStartObject(part.Name);
                json.WriteString("dtype", SafetensorsHeader.NameOf(part.DType));
                json.WriteStartArray("shape");
                foreach (var size in part.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += part.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' '); // aligned data can be mapped without a copy
        return buffer.ToArray();
    }

    /// <summary>A tensor to write: its entry in the header, and the code that writes its bytes.</summary>
    internal sealed record Part(string Name, DType DType, IReadOnlyList<long> Shape, Action<Stream> WriteTo)
    {
        /// <summary>Number of bytes that it takes.</summary>
        public long Bytes => Shape.Aggregate((long)DType.Size(), (bytes, size) => checked(bytes * size));
    }
}
