namespace WanLab.Notebooks.Blocks;

/// <summary>The severity of a note.</summary>
internal enum NoteKind
{
    Info,
    Warning,
    Error,
}

/// <summary>Something a user should see at once.</summary>
internal sealed record Note(NoteKind Kind, string Words) : Block
{
    /// <summary>The file and line that the note is about. A terminal prints it first, as compilers do, so that editors find it.</summary>
    public string Place { get; init; } = "";

    /// <summary>The label in front of the words, such as "error: ".</summary>
    public string Label => Kind switch { NoteKind.Error => "error: ", NoteKind.Warning => "warning: ", _ => "" };

    private string Color => Kind switch { NoteKind.Error => "#e53e3e", NoteKind.Warning => "#d69e2e", _ => "#3182ce" };

    public override void Write(HtmlWriter html)
    {
        var style = new RawHtml($"border-left:4px solid {Color};padding:2px 8px;margin:4px 0;white-space:pre-wrap");
        html.Write($"<div style=\"{style}\"><b>{Label}</b>{Words}{(Place == "" ? "" : $"  ({Place})")}</div>\n");
    }

    public override void Write(TextWriter text) => text.WriteLine(Place == "" ? $"  {Label}{Words}" : $"{Place}: {Label}{Words}");
}
