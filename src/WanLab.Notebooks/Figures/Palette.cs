using WanLab.Diffusion;

namespace WanLab.Notebooks;

/// <summary>Colours that can be told apart on white and on black; an expert has the same one everywhere.</summary>
internal static class Palette
{
    private static readonly string[] Colors = ["#3182ce", "#dd6b20", "#38a169", "#9f7aea", "#d53f8c", "#b7791f", "#0bc5ea", "#e53e3e", "#81c784", "#718096"];

    public const string Reference = "#718096";

    public static string At(int index) => Colors[index % Colors.Length];

    public static string Of(Expert expert) => expert == Expert.High ? Colors[0] : Colors[1];

    public static string Title(this Expert expert) => expert == Expert.High ? "high noise" : "low noise";
}
