using WanLab.Models;

namespace WanLab.Notebooks.Figures;

/// <summary>Colours that can be told apart on white and on black; an expert has the same one everywhere.</summary>
public static class Palette
{
    private static readonly string[] Colors = ["#3182ce", "#dd6b20", "#38a169", "#9f7aea", "#d53f8c", "#b7791f", "#0bc5ea", "#e53e3e",
        "#81c784", "#718096"];

    /// <summary>Of a level to compare with.</summary>
    public const string Reference = "#718096";

    /// <summary>Of the line with this number, from 0; they come again after the tenth.</summary>
    public static string At(int index) => Colors[index % Colors.Length];

    /// <summary>Of an expert.</summary>
    public static string Of(Expert expert) => expert == Expert.High ? Colors[0] : Colors[1];
}
