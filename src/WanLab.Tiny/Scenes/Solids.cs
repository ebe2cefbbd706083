using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>The points where a ray meets each <see cref="Solid"/>, in the solid's own axes. Directions have length 1.</summary>
internal static class Solids
{
    private const float None = float.PositiveInfinity;

    // A ray that starts on a surface must not meet that surface again.
    private const float Near = 2e-3f;

    public static float Hit(Solid solid, Vector3 size, Vector3 o, Vector3 d) => solid switch
    {
        Solid.Ellipsoid => HitEllipsoid(size, o, d),
        Solid.Box => HitBox(size, o, d),
        Solid.Frustum => HitFrustum(size, o, d),
        Solid.Torus => HitTorus(size, o, d),
        _ => HitWedge(size, o, d),
    };

    public static Vector3 Normal(Solid solid, Vector3 size, Vector3 p)
    {
        switch (solid)
        {
            case Solid.Ellipsoid:
                return Vector3.Normalize(p / (size * size));
            case Solid.Box:
                var q = p / size;
                var a = Vector3.Abs(q);
                return a.X >= a.Y && a.X >= a.Z ? new Vector3(MathF.Sign(q.X), 0, 0)
                    : a.Y >= a.Z ? new Vector3(0, MathF.Sign(q.Y), 0) : new Vector3(0, 0, MathF.Sign(q.Z));
            case Solid.Frustum:
                if (MathF.Abs(p.Y) > size.Y - 1e-3f) return new Vector3(0, MathF.Sign(p.Y), 0);
                var around = MathF.Sqrt(p.X * p.X + p.Z * p.Z);
                var slope = (size.X - size.Z) / (2 * size.Y);
                return Vector3.Normalize(new Vector3(p.X, slope * around, p.Z));
            case Solid.Torus:
                var ring = MathF.Sqrt(p.X * p.X + p.Z * p.Z);
                var scale = 1 - size.X / ring;
                return Vector3.Normalize(new Vector3(p.X * scale, p.Y, p.Z * scale));
            default:
                var side = new Vector3(2 * size.Y * MathF.Sign(p.X), size.X, 0);
                var bySide = (Vector3.Dot(side, p) - size.X * size.Y) / side.Length();
                var byEnd = MathF.Abs(p.Z) - size.Z;
                var byBase = -p.Y - size.Y;
                return bySide >= byEnd && bySide >= byBase ? Vector3.Normalize(side)
                    : byEnd >= byBase ? new Vector3(0, 0, MathF.Sign(p.Z)) : -Vector3.UnitY;
        }
    }

    public static float Reach(Solid solid, Vector3 size) => solid switch
    {
        Solid.Ellipsoid => MathF.Max(size.X, MathF.Max(size.Y, size.Z)),
        Solid.Frustum => MathF.Sqrt(MathF.Max(size.X, size.Z) * MathF.Max(size.X, size.Z) + size.Y * size.Y),
        Solid.Torus => size.X + size.Y,
        _ => size.Length(),
    };

    public static Vector3 HalfBox(Solid solid, Vector3 size) => solid switch
    {
        Solid.Frustum => new Vector3(MathF.Max(size.X, size.Z), size.Y, MathF.Max(size.X, size.Z)),
        Solid.Torus => new Vector3(size.X + size.Y, size.Y, size.X + size.Y),
        _ => size,
    };

    private static float HitEllipsoid(Vector3 size, Vector3 o, Vector3 d)
    {
        var po = o / size;
        var pd = d / size;
        var a = Vector3.Dot(pd, pd);
        var b = Vector3.Dot(po, pd);
        var root = b * b - a * (Vector3.Dot(po, po) - 1);
        if (root < 0) return None;
        var t = (-b - MathF.Sqrt(root)) / a;
        return t > Near ? t : None;
    }

    private static float HitBox(Vector3 size, Vector3 o, Vector3 d)
    {
        var inverse = Vector3.One / d;
        var middle = -o * inverse;
        var half = Vector3.Abs(inverse) * size;
        var enter = middle - half;
        var leave = middle + half;
        var first = MathF.Max(enter.X, MathF.Max(enter.Y, enter.Z));
        var last = MathF.Min(leave.X, MathF.Min(leave.Y, leave.Z));
        return first < last && first > Near ? first : None;
    }

    private static float HitFrustum(Vector3 size, Vector3 o, Vector3 d)
    {
        var best = None;
        var grow = (size.Z - size.X) / (2 * size.Y);
        var here = (size.X + size.Z) / 2 + grow * o.Y;
        var a = d.X * d.X + d.Z * d.Z - grow * grow * d.Y * d.Y;
        var b = o.X * d.X + o.Z * d.Z - grow * d.Y * here;
        var c = o.X * o.X + o.Z * o.Z - here * here;
        var root = b * b - a * c;
        if (root > 0 && MathF.Abs(a) > 1e-7f)
        {
            root = MathF.Sqrt(root);
            for (var sign = -1; sign <= 1; sign += 2)
            {
                var t = (-b + sign * root) / a;
                // The second nappe of the cone has a negative radius and lies outside the caps.
                if (t > Near && t < best && MathF.Abs(o.Y + t * d.Y) <= size.Y) best = t;
            }
        }
        if (d.Y != 0)
        {
            var top = d.Y < 0;
            var t = ((top ? size.Y : -size.Y) - o.Y) / d.Y;
            var radius = top ? size.Z : size.X;
            var x = o.X + t * d.X;
            var z = o.Z + t * d.Z;
            if (t > Near && t < best && x * x + z * z <= radius * radius) best = t;
        }
        return best;
    }

    // The quartic is ill-conditioned in single precision; walking the exact distance is short and safe.
    private static float HitTorus(Vector3 size, Vector3 o, Vector3 d)
    {
        var reach = size.X + size.Y;
        var along = -Vector3.Dot(o, d);
        var half = reach * reach - (Vector3.Dot(o, o) - along * along);
        if (half <= 0) return None;
        half = MathF.Sqrt(half);
        var t = MathF.Max(along - half, Near);
        var end = along + half;
        for (var i = 0; i < 48 && t < end; i++)
        {
            var p = o + t * d;
            var ring = MathF.Sqrt(p.X * p.X + p.Z * p.Z) - size.X;
            var distance = MathF.Sqrt(ring * ring + p.Y * p.Y) - size.Y;
            if (distance < 1e-3f) return t > 2 * Near ? t : None;
            t += distance;
        }
        return None;
    }

    private static float HitWedge(Vector3 size, Vector3 o, Vector3 d)
    {
        float first = Near, last = None;
        var limit = size.X * size.Y;
        return Cut(new Vector3(2 * size.Y, size.X, 0), limit, o, d, ref first, ref last)
            && Cut(new Vector3(-2 * size.Y, size.X, 0), limit, o, d, ref first, ref last)
            && Cut(-Vector3.UnitY, size.Y, o, d, ref first, ref last)
            && Cut(Vector3.UnitZ, size.Z, o, d, ref first, ref last)
            && Cut(-Vector3.UnitZ, size.Z, o, d, ref first, ref last)
            && first > Near ? first : None;
    }

    /// <summary>Keeps the part of the ray where normal . p is below the limit; returns false if none is left.</summary>
    private static bool Cut(Vector3 normal, float limit, Vector3 o, Vector3 d, ref float first, ref float last)
    {
        var speed = Vector3.Dot(normal, d);
        var room = limit - Vector3.Dot(normal, o);
        if (speed == 0) return room > 0;
        if (speed < 0) first = MathF.Max(first, room / speed);
        else last = MathF.Min(last, room / speed);
        return first < last;
    }
}
