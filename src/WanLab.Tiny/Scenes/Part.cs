using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>The shapes that subjects are built from. Sizes are in the shape's own axes, with its centre at the origin.</summary>
internal enum Solid
{
    /// <summary>An ellipsoid. Size = radii.</summary>
    Ellipsoid,

    /// <summary>A box. Size = half edges.</summary>
    Box,

    /// <summary>A cone, a cylinder or anything between, upright. Size = radius below, half height, radius above.</summary>
    Frustum,

    /// <summary>A ring around the y axis. Size = radius of the ring, radius of its tube, unused.</summary>
    Torus,

    /// <summary>A roof: a triangle, base down, drawn out along z. Size = half width, half height, half length.</summary>
    Wedge,
}

/// <summary>One coloured shape of a subject or of the surroundings.</summary>
internal sealed class Part(Solid solid, Vector3 center, Vector3 size, Vector3 color, float gloss = 0.25f,
    Quaternion? turn = null, Func<Vector3, Vector3>? paint = null)
{
    private readonly bool _turned = turn is not null;
    private readonly Quaternion _out = turn ?? Quaternion.Identity;
    private readonly Quaternion _in = Quaternion.Conjugate(turn ?? Quaternion.Identity);

    public Vector3 Center { get; } = center;

    public float Gloss { get; } = gloss;

    /// <summary>Radius of a ball around <see cref="Center"/> that contains the part.</summary>
    public float Reach { get; } = Solids.Reach(solid, size);

    /// <summary>Distance along the ray to the near side of the part, or infinity if the ray misses it.</summary>
    public float Hit(Vector3 origin, Vector3 direction)
    {
        var toCenter = Center - origin;
        var along = Vector3.Dot(toCenter, direction);
        var apart = Vector3.Dot(toCenter, toCenter) - along * along;
        if (apart > Reach * Reach || along < -Reach) return float.PositiveInfinity;
        var o = -toCenter;
        if (_turned)
        {
            o = Vector3.Transform(o, _in);
            direction = Vector3.Transform(direction, _in);
        }
        return Solids.Hit(solid, size, o, direction);
    }

    /// <summary>The outward direction at a point on the part's surface.</summary>
    public Vector3 Normal(Vector3 point)
    {
        var n = Solids.Normal(solid, size, Local(point));
        return _turned ? Vector3.Transform(n, _out) : n;
    }

    /// <summary>The colour at a point on the part's surface.</summary>
    public Vector3 ColorAt(Vector3 point) => paint is null ? color : paint(Local(point));

    /// <summary>The lowest and highest corner of a box that contains the part.</summary>
    public (Vector3 Low, Vector3 High) Bounds()
    {
        var half = Solids.HalfBox(solid, size);
        if (_turned)
        {
            var m = Matrix4x4.CreateFromQuaternion(_out);
            half = new Vector3(
                MathF.Abs(m.M11) * half.X + MathF.Abs(m.M21) * half.Y + MathF.Abs(m.M31) * half.Z,
                MathF.Abs(m.M12) * half.X + MathF.Abs(m.M22) * half.Y + MathF.Abs(m.M32) * half.Z,
                MathF.Abs(m.M13) * half.X + MathF.Abs(m.M23) * half.Y + MathF.Abs(m.M33) * half.Z);
        }
        return (Center - half, Center + half);
    }

    private Vector3 Local(Vector3 point)
    {
        var p = point - Center;
        return _turned ? Vector3.Transform(p, _in) : p;
    }
}
