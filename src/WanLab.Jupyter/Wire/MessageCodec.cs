using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Wire;

/// <summary>
/// Converts between messages and signed frames: identities, delimiter, HMAC, header, parent header, metadata, content, buffers.
/// </summary>
/// <param name="key">The secret of the connection file; empty: nothing is signed.</param>
internal sealed class MessageCodec(string key)
{
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Encodes a message as frames.</summary>
    public IReadOnlyList<byte[]> Encode(Message message)
    {
        byte[][] parts = [Bytes(message.Header), Bytes(message.ParentHeader), Bytes(message.Metadata), Bytes(message.Content)];
        return [.. message.Identities, Delimiter, Encoding.ASCII.GetBytes(Sign(parts)), .. parts];
    }

    /// <summary>Decodes frames; null if they are not a message, or not one that was signed with the key.</summary>
    public Message? Decode(IReadOnlyList<byte[]> frames)
    {
        var delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter)) delimiter++;
        if (frames.Count < delimiter + 6) return null;

        // As bytes on the wire: JSON written again would not have the same signature.
        byte[][] parts = [.. frames.Skip(delimiter + 2).Take(4)];
        if (!CryptographicOperations.FixedTimeEquals(frames[delimiter + 1], Encoding.ASCII.GetBytes(Sign(parts)))) return null;
        try
        {
            if (Parse(parts[0]) is not { } header || Parse(parts[3]) is not { } content) return null;
            return new Message
            {
                Identities = [.. frames.Take(delimiter)],
                Header = header,
                ParentHeader = Parse(parts[1]) ?? [],
                Metadata = Parse(parts[2]) ?? [],
                Content = content,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Sign(byte[][] parts)
    {
        if (_key.Length == 0) return "";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts) hmac.AppendData(part);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Json.Compact);

    private static JsonObject? Parse(byte[] json) => StrictJson.Parse(json) as JsonObject;
}
