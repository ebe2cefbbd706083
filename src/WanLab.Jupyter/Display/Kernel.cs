using Microsoft.AspNetCore.Html;
using WanLab;
using WanLab.Jupyter.Cells;

namespace Microsoft.DotNet.Interactive;

#pragma warning disable IDE1006 // the names that notebooks of .NET Interactive use

/// <summary>
/// The methods that every cell can call without a prefix. Names and namespace are those of .NET Interactive, so that a notebook, and a
/// library that looks for them, works with either kernel.
/// </summary>
public static class Kernel
{
    /// <summary>Shows a value in the output of the cell.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="mimeTypes">The forms to show it in; none: what its type prefers.</param>
    /// <returns>The place where it stands, to show something else there later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new(value, mimeTypes);

    /// <summary>Markup that is shown as such: as the value of a cell, or with <see cref="display"/>.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Adds style rules to the page.</summary>
    public static void CSS(string content) => display(new HtmlString($"<style>{content}</style>"));

    /// <summary>Runs a script in the page, where the notebook is trusted.</summary>
    public static void Javascript(string script) => display(new HtmlString($"<script type=\"text/javascript\">{script}</script>"));

    /// <summary>Removes what the cell has shown: at once, or when its next output comes.</summary>
    public static void ClearOutput(bool wait = false) => CellRun.Current?.Output.Clear(wait);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="WanLabException">Nobody is there to ask: the notebook runs without a client, or its client asks
    /// nothing.</exception>
    public static Task<string> GetInputAsync(string prompt = "") => Ask(prompt, password: false);

    /// <summary>Asks the user for a line that is not shown while it is typed.</summary>
    /// <exception cref="WanLabException">Nobody is there to ask.</exception>
    public static Task<string> GetPasswordAsync(string prompt = "") => Ask(prompt, password: true);

    private static Task<string> Ask(string prompt, bool password) => CellRun.Current is { } run
        ? run.Output.AskAsync(prompt, password, run.Cancellation)
        : throw new WanLabException("There is nobody to ask outside of a notebook.");
}
