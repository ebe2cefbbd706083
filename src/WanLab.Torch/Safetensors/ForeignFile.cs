using System.Text;

namespace WanLab.Torch.Safetensors;

/// <summary>Names the kind of a file that is no safetensors file, and the way out; for messages.</summary>
internal static class ForeignFile
{
    /// <summary>Number of bytes at a file's start that <see cref="ByContent"/> wants to see.</summary>
    public const int StartBytes = 512;

    private const string Again = "Fetch the file again.";
    private const string Gguf = "is a GGUF file, which is not supported. Use the fp8_scaled file (made for ComfyUI) or the bf16 file " +
        "of the model; both are .safetensors.";

    private static readonly byte[] ShortcutStart = [0x4c, 0, 0, 0, 1, 0x14, 2, 0];

    /// <summary>A sentence on a file whose name says its kind, or that is not there; null for one that has to be read.</summary>
    public static string? ByName(string path)
    {
        if (Directory.Exists(path)) return "is a folder, not a file.";
        if (Dangling(path) is { } target) return $"is a link to {target}, which is not there. Fetch the file itself.";
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is ".crdownload" or ".part" or ".partial" or ".download" or ".aria2" or ".incomplete")
            return "is a download that has not finished. Let it finish, or fetch it again.";
        if (ending is ".pth" or ".pt" or ".ckpt" or ".bin"
            && (!File.Exists(path) || Start(path) is not { Length: > 0 } start || IsPickle(start)))
            return Pickled(path);
        return File.Exists(path) ? ending == ".gguf" ? Gguf : null : "no such file.";
    }

    /// <summary>A sentence on a file of another kind, from its first bytes; null where they say nothing.</summary>
    public static string? ByContent(ReadOnlySpan<byte> start, string path)
    {
        if (start.Length == 0) return $"is empty. {Again}";
        if (start.StartsWith("GGUF"u8)) return Gguf;
        if (IsPickle(start)) return Pickled(path);
        if (start.StartsWith("version https://git-lfs"u8))
            return "is only git-LFS's pointer to the file. Run 'git lfs pull' in its folder, or fetch the file itself.";
        if (start.StartsWith(ShortcutStart)) return "is a Windows shortcut. Give the file that it leads to.";
        if (start.StartsWith((ReadOnlySpan<byte>)[0, 5, 0x16, 7]))
            return "is a Mac's side file (._NAME). Give the file without ._ in its name.";
        if (Archive(start) is { } archive) return $"is {archive}. Unpack it, and give the .safetensors file in it.";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]))
            return "is an HDF5 file (Keras), which is not supported. Use the .safetensors file of the model.";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x93, 0x4e, 0x55, 0x4d]))
            return "is a NumPy array, which is not supported. Use the .safetensors file of the model.";
        if (Picture(start) is { } picture) return $"is {picture}, not a file of weights. Check the path.";
        if (start.IndexOfAnyExcept((byte)0) < 0)
            return start.Length < 8 ? null : $"holds only zeros at its start: its download reserved the room and never finished. {Again}";
        return Text(start);
    }

    // A link exists even where what it leads to does not.
    private static string? Dangling(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true }
                ? file.LinkTarget
                : null;
        }
        catch (IOException)
        {
            return "itself, in a circle";
        }
    }

    private static string Pickled(string path) =>
        "is a pickled PyTorch file (.pth, .pt, .ckpt, .bin), which could run code when it is opened, so it is not opened here. " +
        $"Convert it once, without running anything of it: wanlab convert {path}" +
        (Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? " --out NAME.safetensors" : "");

    private static bool IsPickle(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x3\x4"u8) || (start.Length > 1 && start[0] == 0x80 && start[1] is >= 2 and <= 5);

    private static string? Archive(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) return "a gzip archive";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7a, 0xbc, 0xaf])) return "a 7z archive";
        if (start.StartsWith("Rar!"u8)) return "a RAR archive";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])) return "a zstd archive";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a, 0x58, 0x5a])) return "an xz archive";
        return start.Length > 262 && start[257..].StartsWith("ustar"u8) ? "a tar archive" : null;
    }

    private static string? Picture(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47])) return "a PNG picture";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])) return "a JPEG picture";
        if (start.StartsWith("%PDF"u8)) return "a PDF document";
        if (start.StartsWith("RIFF"u8)) return "a picture or clip (RIFF)";
        return start.Length > 8 && start[4..].StartsWith("ftyp"u8) ? "a video clip" : null;
    }

    private static string? Text(ReadOnlySpan<byte> start)
    {
        if (start.ContainsAny((byte)0, (byte)1, (byte)2)) return null;
        var text = Encoding.UTF8.GetString(start).TrimStart('\ufeff', ' ', '\t', '\r', '\n');
        var low = text.ToLowerInvariant();
        if (low.StartsWith("<!doctype", StringComparison.Ordinal) || low.StartsWith("<html", StringComparison.Ordinal)
            || low.StartsWith("<!--", StringComparison.Ordinal) || low.StartsWith("<head", StringComparison.Ordinal))
            return "is a web page, saved in place of the file. Fetch the file itself (on Hugging Face: the download arrow, a link with " +
                "/resolve/ in place of /blob/; a gated model wants you to log in first).";
        if (low.StartsWith("<?xml", StringComparison.Ordinal))
            return $"is an XML text, such as a server's error message: {Line(text)}. {Again}";
        if (low.StartsWith("[internetshortcut]", StringComparison.Ordinal))
            return "is an internet shortcut. Fetch the file that it leads to.";
        if (text.Length == 0 || text.Contains('\ufffd') || text.Any(c => char.IsControl(c) && !char.IsWhiteSpace(c))) return null;
        return text[0] == '{'
            ? $"is a JSON text, such as an index or a server's error message, not a file of weights: {Line(text)}. {Again}"
            : $"is a text, not a file of weights: {Line(text)}. Check the path, or fetch the file again.";
    }

    private static string Line(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length > 60 ? line[..60] + "..." : line;
    }

    private static byte[]? Start(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var start = new byte[StartBytes];
            return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
