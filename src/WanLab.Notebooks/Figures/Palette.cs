using WanLab.Models;

namespace WanLab.Notebooks.Figures;

/// <summary>Colours that can be distinguished on white and on black; an expert has the same one everywhere.</summary>
public static class Palette
{
    private static readonly string[] Colors = ["#3182ce", "#dd6b20", "#38a169", "#9f7aea", "#d53f8c", "#b7791f", "#0bc5ea", "#e53e3e",
        "#81c784", "#718096"];

    /// <summary>The colour of a level to compare with.</summary>
    public const string Reference = "#718096";

    /// <summary>The colour of the line with this number, from 0; colours repeat after the tenth.</summary>
    public static string At(int index) => Colors[index % Colors.Length];

    /// <summary>The colour of an expert.</summary>
    public static string Of(Expert expert) => expert == Expert.High ? Colors[0] : Colors[1];
}
