using WanLab.Jupyter.Cells;
using WanLab.Jupyter.Runner;

namespace WanLab.Jupyter.CSharp;

/// <summary>Files whose code a cell can run as if it stood there.</summary>
internal static class ImportedFile
{
    /// <summary>The pieces of code of a script or a notebook, in order.</summary>
    /// <exception cref="WanLabException">There is no such file, or it is of another kind.</exception>
    public static IEnumerable<string> Cells(string path)
    {
        if (!File.Exists(path))
            throw new WanLabException($"#!import {path}: there is no such file. Paths are relative to the notebook's folder.");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".ipynb" => Notebook.Read(path).CodeCells.Select(cell => cell.Source),
            ".csx" or ".cs" => [File.ReadAllText(path)],
            ".dib" => [WithoutMetadata(File.ReadAllText(path))],
            var other => throw new WanLabException(
                $"#!import {path}: files of kind '{other}' cannot be run; .ipynb, .dib, .csx and .cs can."),
        };
    }

    // A .dib is a text of sections that begin with magics, as cells know them; the first may say what made the file.
    private static string WithoutMetadata(string text)
    {
        if (!text.StartsWith("#!meta", StringComparison.Ordinal)) return text;
        var next = text.IndexOf("\n#!", StringComparison.Ordinal);
        return next < 0 ? "" : text[(next + 1)..];
    }
}

/// <summary>An imported piece of code failed; carries the error up to the cell that imported it.</summary>
internal sealed class ImportException(CellError error) : Exception(error.Message)
{
    /// <summary>The error of the imported code.</summary>
    public CellError Error => error;
}
