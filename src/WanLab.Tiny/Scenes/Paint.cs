using System.Numerics;

namespace WanLab.Tiny.Scenes;

/// <summary>Colours in linear light, and their conversion to sRGB bytes.</summary>
internal static class Paint
{
    private const int Steps = 4096;
    private static readonly byte[] ToByte = MakeTable();

    public static readonly Vector3 White = Srgb(0xF3F0E8);
    public static readonly Vector3 Black = Srgb(0x24262B);
    public static readonly Vector3 Glass = Srgb(0x9FD3EA);
    public static readonly Vector3 Wood = Srgb(0x7A5233);
    public static readonly Vector3 Metal = Srgb(0xA9B0B8);
    public static readonly Vector3 Lamp = Srgb(0xFFF2B0);

    /// <summary>A colour written as 0xRRGGBB.</summary>
    public static Vector3 Srgb(int rgb) =>
        new(Linear((rgb >> 16) & 255), Linear((rgb >> 8) & 255), Linear(rgb & 255));

    /// <summary>The colour with a name.</summary>
    public static Vector3 Of(SubjectColor color) => color switch
    {
        SubjectColor.Red => Srgb(0xDC2B2B),
        SubjectColor.Orange => Srgb(0xF5822A),
        SubjectColor.Yellow => Srgb(0xF7CE2E),
        SubjectColor.Green => Srgb(0x3BA648),
        SubjectColor.Turquoise => Srgb(0x22B8B0),
        SubjectColor.Blue => Srgb(0x2F62DA),
        SubjectColor.Purple => Srgb(0x8040C0),
        SubjectColor.Pink => Srgb(0xF27FB2),
        SubjectColor.White => Srgb(0xEFEDE6),
        SubjectColor.Brown => Srgb(0x8B5A36),
        _ => throw new ArgumentOutOfRangeException(nameof(color)),
    };

    /// <summary>A colour that contrasts with the named one.</summary>
    public static Vector3 AccentOn(SubjectColor color) => color switch
    {
        SubjectColor.Red or SubjectColor.Purple or SubjectColor.Blue or SubjectColor.Brown => Srgb(0xFFD23C),
        SubjectColor.Yellow or SubjectColor.Orange => Srgb(0x2A57C8),
        SubjectColor.White => Srgb(0xE0402F),
        SubjectColor.Pink => Srgb(0x6A2FB0),
        _ => Srgb(0xF0502E),
    };

    /// <summary>Encodes one linear channel, clipped to 0..1.</summary>
    public static byte Encode(float linear) => ToByte[(int)(Math.Clamp(linear, 0f, 1f) * (Steps - 1) + 0.5f)];

    private static float Linear(int value)
    {
        var v = value / 255f;
        return v <= 0.04045f ? v / 12.92f : MathF.Pow((v + 0.055f) / 1.055f, 2.4f);
    }

    private static byte[] MakeTable()
    {
        var table = new byte[Steps];
        for (var i = 0; i < Steps; i++)
        {
            var v = i / (Steps - 1.0);
            var s = v <= 0.0031308 ? 12.92 * v : 1.055 * Math.Pow(v, 1 / 2.4) - 0.055;
            table[i] = (byte)(s * 255 + 0.5);
        }
        return table;
    }
}
