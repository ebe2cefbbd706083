using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>One moment of a scene, ready for rendering: the colour that a ray from the camera sees.</summary>
internal sealed class FrameTracer
{
    private const float FogDistance = 17;
    /// <summary>Radius of a ball around <see cref="CameraPath.Aim"/> that contains every subject at any turn.</summary>
    public const float SubjectReach = 1.05f;


    private readonly Floor _floor;
    private readonly Sky _sky;
    private readonly Part[] _subject;
    private readonly Part[] _props;
    private readonly CameraPose _camera;
    private readonly SubjectPose _pose;
    private readonly ShadowMap _shadow;
    private readonly ShadowMap _contact;
    private readonly Vector3 _bounce;
    private readonly Vector3 _localOrigin;
    private readonly Vector3 _localSun;
    private readonly float _sin;
    private readonly float _cos;
    private readonly float _sampleAngle;

    /// <param name="stage">The objects of the scene that do not move.</param>
    /// <param name="camera">The camera at this moment.</param>
    /// <param name="pose">The subject at this moment.</param>
    /// <param name="sampleAngle">Angle between neighbouring samples, for floor averaging.</param>
    /// <param name="cornerHalf">Tangent of the angle from the picture's middle to its corner.</param>
    public FrameTracer(Stage stage, CameraPose camera, SubjectPose pose, float sampleAngle, float cornerHalf)
    {
        _floor = stage.Floor;
        _sky = stage.Sky;
        _subject = stage.Subject;
        _camera = camera;
        _pose = pose;
        _sampleAngle = sampleAngle;
        (_shadow, _contact) = stage.Shadows(pose.Turn);
        _bounce = FloorPattern.Mean(_floor) * (0.35f * _sky.SunColor.Y + 0.3f) * _sky.Ambient;
        (_sin, _cos) = MathF.SinCos(pose.Turn);
        _localOrigin = ShadowMap.Rotate(camera.Position - pose.Offset, -_sin, _cos);
        _localSun = ShadowMap.Rotate(_sky.Sun, -_sin, _cos);
        var corner = MathF.Atan(cornerHalf);
        _props = Array.FindAll(stage.Props, p => InView(p, camera, corner));
    }

    /// <summary>The linear colour in a direction of length 1.</summary>
    public Vector3 Trace(Vector3 direction)
    {
        var toFloor = direction.Y < -1e-4f ? -_camera.Position.Y / direction.Y : float.PositiveInfinity;
        var nearest = toFloor;
        Part? seen = null;
        var ofSubject = false;
        var local = ShadowMap.Rotate(direction, -_sin, _cos);
        if (MeetsSubject(direction))
            foreach (var part in _subject)
            {
                var t = part.Hit(_localOrigin, local);
                if (t >= nearest) continue;
                (nearest, seen, ofSubject) = (t, part, true);
            }
        foreach (var part in _props)
        {
            var t = part.Hit(_camera.Position, direction);
            if (t >= nearest) continue;
            (nearest, seen, ofSubject) = (t, part, false);
        }
        if (seen is not null)
            return ofSubject ? Subject(seen, _localOrigin + nearest * local, local) : Prop(seen, nearest, direction);
        return nearest < float.PositiveInfinity ? Ground(nearest, direction) : _sky.At(direction);
    }

    private bool MeetsSubject(Vector3 direction)
    {
        var toMiddle = CameraPath.Aim + _pose.Offset - _camera.Position;
        var along = Vector3.Dot(toMiddle, direction);
        return Vector3.Dot(toMiddle, toMiddle) - along * along < SubjectReach * SubjectReach;
    }

    /// <summary>The colour at a point of the subject; all arguments are in the subject's axes.</summary>
    private Vector3 Subject(Part part, Vector3 point, Vector3 direction)
    {
        var normal = part.Normal(point);
        var key = Vector3.Dot(normal, _localSun);
        if (key > 0 && ShadowMap.Blocks(_subject, point + 4e-3f * normal, _localSun)) key *= 0.15f;
        var light = Light(normal, key);
        // Little light reaches the space under a body that stands on the floor.
        var height = point.Y + _pose.Offset.Y;
        light *= 0.7f + 0.3f * MathF.Min(1, height / 0.35f);
        var color = part.ColorAt(point) * light;

        var facing = MathF.Max(0, -Vector3.Dot(normal, direction));
        var edge = 1 - facing;
        color += _sky.Ambient * (0.22f * edge * edge * edge);
        var half = Vector3.Normalize(_localSun - direction);
        var shine = MathF.Max(0, Vector3.Dot(normal, half));
        shine *= shine; shine *= shine; shine *= shine; shine *= shine; shine *= shine;
        return key > 0 ? color + _sky.SunColor * (part.Gloss * shine * MathF.Min(1, 4 * key)) : color;
    }

    private Vector3 Prop(Part part, float distance, Vector3 direction)
    {
        var point = _camera.Position + distance * direction;
        var normal = part.Normal(point);
        var light = Light(normal, Vector3.Dot(normal, _sky.Sun));
        return Fogged(part.ColorAt(point) * light, distance);
    }

    private Vector3 Ground(float distance, Vector3 direction)
    {
        var x = _camera.Position.X + distance * direction.X;
        var z = _camera.Position.Z + distance * direction.Z;
        // A sample covers a patch that is long in the direction of view and narrow across it.
        var across = distance * _sampleAngle;
        var flat = MathF.Sqrt(direction.X * direction.X + direction.Z * direction.Z);
        var alongX = MathF.Abs(direction.X / flat);
        var alongZ = MathF.Abs(direction.Z / flat);
        var deep = MathF.Min(across / -direction.Y, 60);
        var color = FloorPattern.At(_floor, x, z, deep * alongX + across * alongZ, deep * alongZ + across * alongX);

        var key = _sky.Sun.Y;
        var around = 1f;
        var px = x - _pose.Offset.X;
        var pz = z - _pose.Offset.Z;
        var lift = _pose.Offset.Y / _sky.Sun.Y;
        key *= 1 - 0.85f * _shadow.At(px + lift * _sky.Sun.X, pz + lift * _sky.Sun.Z);
        around -= 0.75f * _contact.At(px, pz) / (1 + 4 * _pose.Offset.Y);
        if (x * x + z * z > Surroundings.InnerRadius * Surroundings.InnerRadius)
            foreach (var prop in _props)
            {
                var dx = x - prop.Center.X;
                var dz = z - prop.Center.Z;
                var near = 1 - (dx * dx + dz * dz) / (1.4f * prop.Reach * prop.Reach);
                if (near > 0) around *= 1 - 0.6f * near;
            }
        var light = _sky.SunColor * (0.62f * key * (0.5f + 0.5f * around)) + _sky.Ambient * around;
        return Fogged(color * light, distance);
    }

    private Vector3 Light(Vector3 normal, float key)
    {
        var up = 0.5f + 0.5f * normal.Y;
        return _sky.SunColor * (0.75f * MathF.Max(0, key)) + Vector3.Lerp(_bounce, _sky.Ambient, up);
    }

    private Vector3 Fogged(Vector3 color, float distance)
    {
        var r = distance / FogDistance;
        return Vector3.Lerp(_sky.Horizon, color, MathF.Exp(-r * r));
    }

    private static bool InView(Part part, CameraPose camera, float corner)
    {
        var to = part.Center - camera.Position;
        var distance = to.Length();
        if (distance <= part.Reach) return true;
        var angle = MathF.Acos(Math.Clamp(Vector3.Dot(to, camera.Forward) / distance, -1f, 1f));
        return angle < corner + MathF.Asin(part.Reach / distance);
    }
}
