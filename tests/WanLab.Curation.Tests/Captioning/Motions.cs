using WanLab.Curation.Motion;

namespace WanLab.Curation.Tests.Captioning;

/// <summary>Measured motions for tests.</summary>
internal static class Motions
{
    public static ClipMotion Of(CameraMove camera, double confidence, string phrase = "") => new()
    {
        Camera = camera,
        Speed = 0.2,
        Confidence = confidence,
        Subject = 0,
        StartsAt = 0,
        EndsAt = 4,
        Curve = [0.2],
        Phrase = phrase,
    };
}
