using System.Text;

namespace WanLab.Jupyter.CSharp;

/// <summary>
/// The file with which a notebook begins in another C# kernel: <c>#!import "wanlab.dib"</c> gives it the libraries and the
/// names that cells of this kernel have from the start.
/// </summary>
internal static class SetupFile
{
    /// <summary>The file's text, for the libraries next to this program.</summary>
    public static string Text()
    {
        var text = new StringBuilder(
            "#!csharp\n// Made by the build of WanLab. In .NET Interactive a notebook begins with #!import and the path of this file.\n");
        foreach (var path in PlatformReferences.Libraries) text.Append($"#r \"{path}\"\n");
        foreach (var name in PlatformReferences.OurNamespaces) text.Append($"using {name};\n");
        text.Append("KernelFormatters.Register();\n");
        return text.ToString();
    }
}
