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

/// <summary>A progress bar.</summary>
internal sealed record Progress(int Done, int Total) : Block
{
    private const int TextWidth = 40;

    /// <summary>The share that is done, from 0 to 1.</summary>
    public double Share => Total == 0 ? 0 : Math.Clamp((double)Done / Total, 0, 1);

    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"height:10px;max-width:640px;background:rgba(128,128,128,0.25);border-radius:5px;margin:6px 0\">");
        html.Write($"<div style=\"height:10px;width:{Share:0.0%};background:#3182ce;border-radius:5px\"></div></div>\n");
    }

    public override void Write(TextWriter text)
    {
        var filled = (int)(Share * TextWidth);
        text.WriteLine($"  [{new string('#', filled)}{new string('.', TextWidth - filled)}] {Numbers.Percent(Share)}");
    }
}
