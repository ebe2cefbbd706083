using System.Buffers.Binary;
using System.Text;

namespace WanLab.Media;

/// <summary>The container of a clip or image, found by its first bytes: a name proves nothing.</summary>
/// <param name="Demuxer">Name that ffmpeg has for it.</param>
/// <param name="IsImage">Whether it holds one still picture.</param>
/// <param name="Orientation">The EXIF orientation, 1 to 8, where ffmpeg does not apply it by itself; otherwise 1.</param>
internal sealed record MediaFormat(string Demuxer, bool IsImage = false, int Orientation = 1)
{
    /// <summary>The demuxer of pictures whose end ffmpeg cannot find by itself: it takes the file as one picture.</summary>
    public const string WholeImage = "image2";

    // The MPEG transport stream's first packet of 188 or 192 bytes is followed by another one.
    private const int HeadLength = 400;

    private static readonly (byte[] Magic, int At, string Demuxer, bool IsImage)[] Known =
    [
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "matroska", false),
        ("OggS"u8.ToArray(), 0, "ogg", false),
        ([(byte)'F', (byte)'L', (byte)'V', 1], 0, "flv", false),
        ([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], 0, "asf", false),
        ([0, 0, 1, 0xBA], 0, "mpeg", false),
        ([0, 0, 1, 0xB3], 0, "mpegvideo", false),
        ([0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01], 0, "mxf", false),
        ("DKIF"u8.ToArray(), 0, "ivf", false),
        ("YUV4MPEG2 "u8.ToArray(), 0, "yuv4mpegpipe", false),
        ("GIF8"u8.ToArray(), 0, "gif", false),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], 0, "png_pipe", true),
        ([0xFF, 0xD8, 0xFF], 0, "jpeg_pipe", true),
        ("BM"u8.ToArray(), 0, "bmp_pipe", true),
        ([(byte)'I', (byte)'I', 42, 0], 0, WholeImage, true),
        ([(byte)'M', (byte)'M', 0, 42], 0, WholeImage, true),
        ([0xFF, 0x0A], 0, WholeImage, true),
        ([0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' '], 0, WholeImage, true),
    ];

    // The boxes that a file of the QuickTime family can begin with.
    private static readonly string[] Boxes = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"];
    private static readonly string[] StillBrands = ["avif", "heic", "heix", "mif1"];

    /// <summary>Recognises a file.</summary>
    /// <exception cref="WanLabException">The file is no regular file, cannot be read, is animated where a picture is expected, or is
    /// none of the known containers.</exception>
    public static MediaFormat Of(string path)
    {
        RegularFile.Require(path);
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadLength];
            head = head[..file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
            var format = Recognise(head) ?? throw new WanLabException($"{path}: {WhyNot(head)}");
            return format with { Orientation = ImageHeader.Examine(path, file, format) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static MediaFormat? Recognise(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, at, demuxer, isImage) in Known)
            if (head.Length >= at + magic.Length && head.Slice(at, magic.Length).SequenceEqual(magic)) return new(demuxer, isImage);
        if (head.Length < 12) return null;
        var (first, second, third) = (Text(head[..4]), Text(head[4..8]), Text(head[8..12]));
        if (first == "RIFF" && third == "WEBP") return new("webp_pipe", IsImage: true);
        if (first == "RIFF" && third is "AVI " or "AVIX") return new("avi");
        if (second == "ftyp") return new("mov", StillBrands.Contains(third));
        if (Boxes.Contains(second) && IsBoxLength(head)) return new("mov");
        return IsTransportStream(head, 0, 188) || IsTransportStream(head, 4, 192) ? new("mpegts") : null;
    }

    private static bool IsBoxLength(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32BigEndian(head) is 0 or 1 or >= 8;

    private static bool IsTransportStream(ReadOnlySpan<byte> head, int at, int packet) =>
        head.Length > at + packet && head[at] == 0x47 && head[at + packet] == 0x47;

    private static string WhyNot(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool Starts(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        var what = head.IsEmpty ? "is empty"
            : Starts("#EXTM3U") ? "is a playlist (HLS), which names other files"
            : Starts("ffconcat") ? "is a list for ffmpeg's concat, which names other files"
            : Starts("<?xml") || Starts("<MPD") || Starts("<SmoothStreaming") ? "is a text in XML, such as a DASH manifest"
            : Starts("v=0") ? "describes a stream on the network (SDP)"
            : Starts("<!doctype html") || Starts("<html") ? "is a web page, probably of a download that failed"
            : Starts("version https://git-lfs") ? "is a pointer of Git LFS; fetch the file itself (git lfs pull)"
            : "is none of the containers that are read (MP4, MOV, WebM, Matroska, AVI, MPEG, Ogg, PNG, JPEG, WebP and others)";
        return $"cannot be read as a clip or image: it {what}. Give the clip itself.";
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
