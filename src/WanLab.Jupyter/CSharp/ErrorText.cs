using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.CSharp;

/// <summary>Says what went wrong in a cell: the message and the cell's line, without the frames of the kernel.</summary>
internal static class ErrorText
{
    /// <summary>The error for an exception that a cell's code threw.</summary>
    public static CellError Of(Exception exception, CancellationToken cancellation)
    {
        if (exception is OperationCanceledException && cancellation.IsCancellationRequested)
            return new CellError("Interrupted", "The cell was interrupted.", ["Interrupted.", .. Frames(exception)]);
        var name = exception.GetType().Name;
        // A user's mistake is shown by its message only.
        var title = exception is WanLabException ? exception.Message : $"{exception.GetType().FullName}: {exception.Message}";
        var lines = new List<string> { title };
        if (exception is WanLabException mistake)
        {
            lines.AddRange(Frames(exception, inCells: true));
            return new CellError(name, exception.Message, lines) { Shown = mistake.Shown };
        }
        lines.AddRange(Frames(exception));
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            lines.Add($"caused by {inner.GetType().FullName}: {inner.Message}");
            lines.AddRange(Frames(inner));
        }
        return new CellError(name, exception.Message, lines);
    }

    /// <summary>The error for an exception on a thread that a cell started. Nothing is shown above it, so all of it stands there.</summary>
    public static CellError OfThread(Exception exception)
    {
        var error = Of(exception, CancellationToken.None);
        return error with { Traceback = ["On a thread that the cell started:", .. error.Traceback], Shown = null };
    }

    /// <summary>The error, with all of its message, for an exception of what a cell does when a button is pressed.</summary>
    public static CellError OfHandler(Exception exception)
    {
        var error = Of(exception, CancellationToken.None);
        return error with { Traceback = ["In what a cell does when a widget is used:", .. error.Traceback], Shown = null };
    }

    /// <summary>The error for a cell in which the whole program ended.</summary>
    /// <param name="cell">The cell's name.</param>
    public static CellError ProgramEnded(string cell)
    {
        var message = $"The program ended while {cell} ran; the cells after it did not run.";
        return new("ProgramEnded", message, [message, "Look for Environment.Exit, endless recursion, or a crash in native code."]);
    }

    /// <summary>The error for a cell that was interrupted and did not stop waiting.</summary>
    public static CellError LeftBehind { get; } = new("Interrupted", "The cell was interrupted.",
    [
        "Interrupted.",
        "The cell did not stop by itself, so it was left behind: what it waits for continues.",
        "Variables that it declared are not there.",
        "Pass Interrupt.Token to what the cell awaits, and it stops at once.",
    ]);

    /// <summary>The error for code that does not compile. A diagnostic without a place only follows from those that have one.</summary>
    public static CellError Of(IReadOnlyList<Diagnostic> errors, SourceText code, Compilation compilation)
    {
        var placed = errors.Where(error => error.Location.IsInSource).ToList();
        var lines = (placed.Count > 0 ? placed : errors).Select(error => Line(error, code, CompilerHints.For(error, compilation))).ToList();
        return new CellError("CompilationError", lines[0].Split('\n')[0], lines);
    }

    /// <summary>One line for a diagnostic, and under it the code that it is about.</summary>
    public static string Line(Diagnostic diagnostic, SourceText code, string? hint = null)
    {
        var place = diagnostic.Location.GetLineSpan();
        var at = place.StartLinePosition;
        var text = $"{place.Path} line {at.Line + 1}, column {at.Character + 1}: {diagnostic.Severity.ToString().ToLowerInvariant()} " +
            $"{diagnostic.Id}: {diagnostic.GetMessage()}{(hint is null ? "" : $"; {hint}")}";
        if (!diagnostic.Location.IsInSource || at.Line >= code.Lines.Count || diagnostic.Location.SourceTree.Length != code.Length)
            return text;
        var length = Math.Max(1, place.EndLinePosition.Line == at.Line ? place.EndLinePosition.Character - at.Character : 1);
        return $"{text}\n    {code.Lines[at.Line].ToString().TrimEnd()}\n    {new string(' ', at.Character)}{new string('^', length)}";
    }

    // From where it was thrown down to the cell; below that are the frames that ran the cell.
    private static IEnumerable<string> Frames(Exception exception, bool inCells = false)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, IsCell);
        foreach (var frame in frames.Take(last + 1))
            if ((!inCells || IsCell(frame)) && Describe(frame) is { } text) yield return text;
    }

    private static string? Describe(StackFrame frame)
    {
        if (IsCell(frame)) return $"    at {frame.GetFileName()} line {frame.GetFileLineNumber()}";
        if (frame.GetMethod() is not { DeclaringType: { } type } method
            || type.Namespace?.StartsWith("System.Runtime", StringComparison.Ordinal) == true) return null;
        // For an async method or a lambda, the name in the source.
        var name = Plain(method.Name == "MoveNext" ? type.Name : method.Name);
        while (type is { DeclaringType: { } outer } && type.Name.StartsWith('<')) type = outer;
        return $"    in {type.FullName}.{name}";
    }

    private static string Plain(string name) => name.StartsWith('<') && name.IndexOf('>') is > 1 and var end ? name[1..end] : name;

    private static bool IsCell(StackFrame frame) => frame.GetFileName()?.StartsWith("cell ", StringComparison.Ordinal) == true;
}
