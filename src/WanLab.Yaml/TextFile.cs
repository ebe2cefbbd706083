using System.Text;

namespace WanLab.Yaml;

/// <summary>Reads a text file that a user wrote: UTF-8, or UTF-16 and UTF-32 with their marks.</summary>
internal static class TextFile
{
    private const int MaxBytes = 16 << 20;

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    /// <exception cref="NotYamlException">It is too large, or no text.</exception>
    public static string Read(string path)
    {
        using var file = File.OpenRead(path);
        using var kept = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int got; (got = file.Read(buffer)) > 0;)
        {
            if (kept.Length + got > MaxBytes)
                throw Bad(path, 1, $"it is larger than {MaxBytes >> 20} MiB, and a file of settings has a few kilobytes");
            kept.Write(buffer, 0, got);
        }
        try
        {
            kept.Position = 0;
            var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(kept, strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            var line = BadLine(kept.ToArray());
            throw new NotYamlException(path, line, "it is not UTF-8 text; save it as UTF-8", e);
        }
    }

    private static NotYamlException Bad(string path, int line, string reason) => new(path, line, reason, new FormatException(reason));

    private static int BadLine(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            if (rune.Value == '\n') line++;
            bytes = bytes[length..];
        }
        return line;
    }
}
