namespace WanLab.Tests.Media;

/// <summary>A clip at 16 frames a second, some of them destroyed; each is a picture of its own, so the others are whole.</summary>
internal static class DamagedClip
{
    public static void Make(string path, int count, int from, int to)
    {
        BarClips.Make(path, count, "16", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p");
        var bytes = File.ReadAllBytes(path);
        var starts = Enumerable.Range(0, bytes.Length - 2)
            .Where(k => bytes.AsSpan(k, 3).SequenceEqual(new byte[] { 0xFF, 0xD8, 0xFF })).ToList();
        Assert.Equal(count, starts.Count);
        bytes.AsSpan(starts[from], starts[to] - starts[from]).Clear();
        File.WriteAllBytes(path, bytes);
    }
}
