using System.Numerics;
using System.Runtime.InteropServices;
using WanLab.Curation.Motion;

namespace WanLab.Curation.Scanning;

/// <summary>
/// The pictures of a clip, small enough to compare with every other clip: tiny pictures without bars at even times. Bitrate, size, frame
/// rate
/// and container hardly change them.
/// </summary>
/// <param name="Pictures">Light from 0 to 255, [times, Height, Width].</param>
internal sealed record ClipPrint(byte[] Pictures)
{
    private const int Width = 16, Height = 9, Size = Width * Height;

    /// <summary>Seconds between two pictures.</summary>
    public const double Step = 1 / 12.0;

    private const int MostPictures = 1440;
    private const int QueryStep = 3; // the shorter clip is compared at every third of its pictures
    private const int LeastTogether = 4;
    private const double LeastShare = 0.7; // of the shorter clip that must lie within the longer one
    private const double Alike = 0.955; // mean correlation of the pictures
    private const double AlikeInChange = 0.75; // correlation of what changes over time
    private const double AlikeStill = 0.992; // correlation where nothing changes
    private const double LeastChange = 0.03; // share of the pictures' variance that is change
    private const double LeastPattern = 3; // deviation of light within a picture

    /// <summary>Number of pictures.</summary>
    public int Count => Pictures.Length / Size;

    /// <summary>Makes the print of a clip.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="within">The picture without its bars; null for all of it.</param>
    public static ClipPrint Of(GreyClip clip, PictureArea? within)
    {
        var area = within ?? new PictureArea(0, 0, 1, 1);
        var count = Math.Min(MostPictures, 1 + (int)(clip.Times[^1] / Step));
        var pictures = new byte[count * Size];
        var frame = 0;
        for (var k = 0; k < count; k++)
        {
            while (frame + 1 < clip.Frames && Math.Abs(clip.Times[frame + 1] - k * Step) <= Math.Abs(clip.Times[frame] - k * Step)) frame++;
            Shrink(clip.Frame(frame), clip.Width, clip.Height, area, pictures.AsSpan(k * Size, Size));
        }
        return new ClipPrint(pictures);
    }

    /// <summary>The match of two clips that show the same; null where they do not.</summary>
    public static Match? Compare(Prepared one, Prepared other)
    {
        var (shorter, longer) = one.Count <= other.Count ? (one, other) : (other, one);
        foreach (var mirrored in (bool[])[false, true])
        {
            if (Search(shorter, longer, mirrored) is not { } offset) continue;
            // Where the second begins within the first, in seconds.
            return new Match(mirrored, (shorter == one ? -offset : offset) * Step);
        }
        return null;
    }

    private static int? Search(Prepared query, Prepared target, bool mirrored)
    {
        var pictures = mirrored ? query.Mirrored : query.Plain;
        int? best = null;
        double most = Alike;
        var least = Math.Max(Math.Min(LeastTogether * QueryStep, query.Count), (int)(LeastShare * query.Count));
        for (var offset = least - query.Count; offset <= target.Count - least; offset++)
        {
            double sum = 0;
            var count = 0;
            var hopeless = false;
            for (var k = 0; k < query.Count && !hopeless; k += QueryStep)
            {
                var at = k + offset;
                if (at < 0 || at >= target.Count) continue;
                sum += Dot(pictures, k, target.Plain, at);
                count++;
                hopeless = sum < Alike * count - 0.6;
            }
            if (hopeless || count == 0 || sum / count <= most) continue;
            (most, best) = (sum / count, offset);
        }
        return best is { } found && ChangesAlike(query, target, mirrored, found, most) ? best : null;
    }

    // Two takes of one still scene look alike in every picture. What moved in them differs.
    private static bool ChangesAlike(Prepared query, Prepared target, bool mirrored, int offset, double alike)
    {
        double both = 0, ofQuery = 0, ofTarget = 0, pattern = 0;
        var pictures = mirrored ? query.Mirrored : query.Plain;
        var places = Enumerable.Range(0, query.Count).Where(k => k + offset >= 0 && k + offset < target.Count).ToList();
        float[] meanQuery = new float[Size], meanTarget = new float[Size];
        foreach (var k in places)
            for (var i = 0; i < Size; i++)
            {
                meanQuery[i] += pictures[k * Size + i] / places.Count;
                meanTarget[i] += target.Plain[(k + offset) * Size + i] / places.Count;
            }
        foreach (var k in places)
            for (var i = 0; i < Size; i++)
            {
                double a = pictures[k * Size + i] - meanQuery[i], b = target.Plain[(k + offset) * Size + i] - meanTarget[i];
                both += a * b;
                ofQuery += a * a;
                ofTarget += b * b;
            }
        pattern = places.Count; // each picture has length 1
        if (Math.Max(ofQuery, ofTarget) < LeastChange * pattern) return alike > AlikeStill;
        return both > AlikeInChange * Math.Sqrt(ofQuery * ofTarget);
    }

    private static double Dot(float[] a, int atA, float[] b, int atB)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(a.AsSpan(atA * Size, Size));
        var y = MemoryMarshal.Cast<float, Vector<float>>(b.AsSpan(atB * Size, Size));
        var sum = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return Vector.Sum(sum);
    }

    private static void Shrink(ReadOnlySpan<byte> frame, int width, int height, PictureArea area, Span<byte> tiny)
    {
        for (var row = 0; row < Height; row++)
            for (var column = 0; column < Width; column++)
            {
                int x0 = (int)((area.X + area.Width * column / Width) * width),
                    x1 = (int)((area.X + area.Width * (column + 1) / Width) * width);
                int y0 = (int)((area.Y + area.Height * row / Height) * height),
                    y1 = (int)((area.Y + area.Height * (row + 1) / Height) * height);
                (x1, y1) = (Math.Clamp(x1, x0 + 1, width), Math.Clamp(y1, y0 + 1, height));
                (x0, y0) = (Math.Min(x0, x1 - 1), Math.Min(y0, y1 - 1));
                long sum = 0;
                for (var y = y0; y < y1; y++)
                    for (var x = x0; x < x1; x++) sum += frame[y * width + x];
                tiny[row * Width + column] = (byte)(sum / ((x1 - x0) * (y1 - y0)));
            }
    }

    /// <summary>The match of two clips.</summary>
    /// <param name="IsMirrored">Whether left and right are exchanged.</param>
    /// <param name="Offset">Seconds from the first one's beginning to the second one's.</param>
    public readonly record struct Match(bool IsMirrored, double Offset);

    /// <summary>A print made ready for many comparisons: every picture without its mean and of length 1.</summary>
    public sealed class Prepared
    {
        /// <param name="print">The print.</param>
        public Prepared(ClipPrint print)
        {
            Count = print.Count;
            Plain = new float[Count * Size];
            Mirrored = new float[Count * Size];
            for (var k = 0; k < Count; k++)
            {
                var picture = print.Pictures.AsSpan(k * Size, Size);
                double sum = 0, squares = 0;
                foreach (var light in picture) sum += light;
                var mean = sum / Size;
                foreach (var light in picture) squares += (light - mean) * (light - mean);
                // A plain picture is like no other.
                if (squares < LeastPattern * LeastPattern * Size) continue;
                var length = Math.Sqrt(squares);
                for (var i = 0; i < Size; i++)
                {
                    Plain[k * Size + i] = (float)((picture[i] - mean) / length);
                    Mirrored[k * Size + i / Width * Width + (Width - 1 - i % Width)] = Plain[k * Size + i];
                }
            }
        }

        /// <summary>Number of pictures.</summary>
        public int Count { get; }

        /// <summary>The pictures, [times, Height, Width].</summary>
        public float[] Plain { get; }

        /// <summary>The pictures with left and right exchanged.</summary>
        public float[] Mirrored { get; }
    }
}
