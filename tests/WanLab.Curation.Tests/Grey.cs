using WanLab.Curation.Motion;

namespace WanLab.Curation.Tests;

/// <summary>Makes grey clips of drawn frames.</summary>
internal static class Grey
{
    public static GreyClip Of(byte[] rgb, int width, int height, double fps)
    {
        var grey = new byte[rgb.Length / 3];
        for (var i = 0; i < grey.Length; i++) grey[i] = (byte)((54 * rgb[3 * i] + 183 * rgb[3 * i + 1] + 19 * rgb[3 * i + 2] + 128) >> 8);
        return new GreyClip(grey, width, height, [.. Enumerable.Range(0, grey.Length / (width * height)).Select(k => k / fps)]);
    }
}
