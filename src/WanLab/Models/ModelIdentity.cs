using System.Buffers.Binary;
using System.Security.Cryptography;
using WanLab.Torch.Safetensors;

namespace WanLab.Models;

/// <summary>Computes an identity of a model's content without reading tens of gigabytes.</summary>
internal static class ModelIdentity
{
    private const int Samples = 64, SampleBytes = 4096;

    /// <summary>
    /// SHA-256 of the configuration and of each weight file's size, header and evenly spaced samples (of a
    /// tokenizer's whole file).
    /// </summary>
    public static string Of(ModelLayout layout, ModelPart part, string type)
    {
        var path = layout[part];
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{part}\n{type}\n"));
            if (part == ModelPart.Tokenizer)
            {
                hash.AppendData(
                    EmbeddedTokenizer(path) ?? File.ReadAllBytes(Directory.Exists(path) ? Path.Combine(path, "spiece.model") : path));
            }
            else
            {
                if (layout.Config(part) is { } config) hash.AppendData(SHA256.HashData(File.ReadAllBytes(config)));
                foreach (var file in WeightFiles.Open(path).Files) Append(hash, file.Path);
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The vocabulary inside a text encoder's safetensors file; null where the path is a separate tokenizer.</summary>
    public static byte[]? EmbeddedTokenizer(string path) =>
        path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? WeightLoader.FindSentencePiece(path) : null;

    private static void Append(IncrementalHash hash, string file)
    {
        using var stream = File.OpenRead(file);
        var number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, stream.Length);
        hash.AppendData(number);
        stream.ReadExactly(number);
        var header = new byte[BinaryPrimitives.ReadInt64LittleEndian(number)];
        stream.ReadExactly(header);
        hash.AppendData(header);

        var data = stream.Length - stream.Position;
        var start = stream.Position;
        var sample = new byte[SampleBytes];
        for (var k = 0; k < Samples; k++)
        {
            // The last sample ends at the end of the file, so a truncated download that was padded to full size has another identity.
            stream.Position = start + (long)((Int128)Math.Max(0, data - SampleBytes) * k / (Samples - 1));
            hash.AppendData(sample.AsSpan(0, stream.ReadAtLeast(sample, SampleBytes, throwOnEndOfStream: false)));
        }
    }
}
