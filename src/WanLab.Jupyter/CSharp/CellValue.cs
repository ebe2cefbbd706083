using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.CSharp;

/// <summary>The outcome of a cell's code.</summary>
/// <param name="Value">Its value; null where it has none.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record CellValue(object? Value, CellError? Error = null);
