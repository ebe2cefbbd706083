namespace WanLab.Media;

/// <summary>Reads still pictures.</summary>
internal static class ImageReader
{
    /// <summary>
    /// Reads a picture as it is shown, scaled to cover the size and cut to it around the centre. Transparent parts are laid over white.
    /// </summary>
    /// <param name="path">The picture's file; for a clip, its first frame is read.</param>
    /// <param name="width">Target width.</param>
    /// <param name="height">Target height.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <returns>RGB24 bytes, [height, width, 3].</returns>
    /// <exception cref="WanLabException">The file is missing or unreadable.</exception>
    public static byte[] Read(string path, int width, int height, CancellationToken cancellation = default)
    {
        var facts = VideoProbe.Probe(path, cancellation);
        return VideoReader.ReadFrames(path, [0], FrameFit.Cover(facts.Width, facts.Height, width, height), facts,
            cancellation: cancellation);
    }
}
