namespace WanLab.Media;

/// <summary>Reads still pictures (.png .jpg .webp).</summary>
internal static class ImageReader
{
    /// <summary>Reads a picture, scaled to cover the size and cut to it around the centre. Transparency is ignored.</summary>
    /// <param name="path">The picture's file; for a clip, its first frame is read.</param>
    /// <param name="width">Target width.</param>
    /// <param name="height">Target height.</param>
    /// <returns>RGB24 bytes, [height, width, 3].</returns>
    /// <exception cref="WanLabException">The file is missing or unreadable.</exception>
    public static byte[] Read(string path, int width, int height)
    {
        var info = VideoProbe.Probe(path);
        return VideoReader.ReadFrames(path, [0], FrameFit.Cover(info.Width, info.Height, width, height));
    }
}
