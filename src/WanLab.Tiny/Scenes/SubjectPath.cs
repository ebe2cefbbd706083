using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>The subject's position on or above the floor, and its turn in radians from +z towards +x.</summary>
internal readonly record struct SubjectPose(Vector3 Offset, float Turn);

/// <summary>The path of the subject over time.</summary>
internal static class SubjectPath
{
    private const double JumpHeight = 0.55;

    public static SubjectPose At(SceneDescription scene, double seconds)
    {
        var moved = scene.MotionRate * seconds;
        var aside = scene.SlideStart + scene.Motion switch
        {
            ObjectMotion.SlideRight => moved,
            ObjectMotion.SlideLeft => -moved,
            _ => 0,
        };
        // A jump is a parabola, as under gravity.
        var phase = moved - Math.Floor(moved);
        var height = scene.Motion == ObjectMotion.Bounce ? JumpHeight * 4 * phase * (1 - phase) : 0;
        var turn = scene.Motion switch
        {
            ObjectMotion.SpinRight => moved,
            ObjectMotion.SpinLeft => -moved,
            _ => 0,
        } * Math.PI / 180;
        var yaw = scene.Start.AzimuthDegrees * Math.PI / 180;
        return new SubjectPose(
            new Vector3((float)(Math.Cos(yaw) * aside), (float)height, (float)(-Math.Sin(yaw) * aside)), (float)turn);
    }
}
