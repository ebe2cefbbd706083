using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>One background: its light, and the colour in a direction where nothing is hit.</summary>
internal sealed record Sky
{
    /// <summary>Direction towards the key light.</summary>
    public required Vector3 Sun { get; init; }

    public required Vector3 SunColor { get; init; }

    /// <summary>The light that comes from all directions above.</summary>
    public required Vector3 Ambient { get; init; }

    public required Vector3 Horizon { get; init; }

    public required Vector3 Zenith { get; init; }

    /// <summary>The features in front of the sky, as a function of direction and the sky's colour behind them.</summary>
    public Func<Vector3, Vector3, Vector3> Feature { get; init; } = static (_, behind) => behind;

    /// <summary>The colour in a direction at or above the horizon.</summary>
    public Vector3 At(Vector3 direction)
    {
        var up = MathF.Max(0, direction.Y);
        return Feature(direction, Vector3.Lerp(Horizon, Zenith, MathF.Min(1, MathF.Sqrt(up) * 1.15f)));
    }

    public static Sky Of(Background background) => background switch
    {
        Background.BlueSky => new Sky
        {
            Sun = Toward(-0.55f, 0.85f, 0.5f),
            SunColor = new(1.55f, 1.45f, 1.25f),
            Ambient = new(0.42f, 0.5f, 0.62f),
            Horizon = Paint.Srgb(0xD4E6F2),
            Zenith = Paint.Srgb(0x3B82D6),
            Feature = SkyFeatures.Clouds,
        },
        Background.Dusk => new Sky
        {
            Sun = Toward(-0.75f, 0.55f, 0.4f),
            SunColor = new(1.65f, 1.1f, 0.72f),
            Ambient = new(0.42f, 0.36f, 0.5f),
            Horizon = Paint.Srgb(0xF6B27A),
            Zenith = Paint.Srgb(0x5A3F8C),
            Feature = SkyFeatures.LowSun,
        },
        Background.Studio => new Sky
        {
            Sun = Toward(-0.6f, 0.9f, 0.6f),
            SunColor = new(1.3f, 1.28f, 1.22f),
            Ambient = new(0.55f, 0.56f, 0.58f),
            Horizon = Paint.Srgb(0xC9CBCE),
            Zenith = Paint.Srgb(0x7E838A),
        },
        Background.Night => new Sky
        {
            Sun = Toward(0.5f, 0.8f, 0.55f),
            SunColor = new(0.85f, 0.95f, 1.2f),
            Ambient = new(0.27f, 0.33f, 0.52f),
            Horizon = Paint.Srgb(0x34508A),
            Zenith = Paint.Srgb(0x0B1230),
            Feature = SkyFeatures.Stars,
        },
        Background.Hills => new Sky
        {
            Sun = Toward(0.6f, 0.8f, 0.45f),
            SunColor = new(1.5f, 1.42f, 1.2f),
            Ambient = new(0.45f, 0.5f, 0.55f),
            Horizon = Paint.Srgb(0xE3EEE6),
            Zenith = Paint.Srgb(0x7FB4DC),
            Feature = SkyFeatures.Hills,
        },
        Background.City => new Sky
        {
            Sun = Toward(0.7f, 0.7f, 0.5f),
            SunColor = new(1.45f, 1.32f, 1.12f),
            Ambient = new(0.46f, 0.48f, 0.56f),
            Horizon = Paint.Srgb(0xE9DDD2),
            Zenith = Paint.Srgb(0x8FB0D0),
            Feature = SkyFeatures.Towers,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(background)),
    };

    private static Vector3 Toward(float x, float y, float z) => Vector3.Normalize(new Vector3(x, y, z));
}
