using System.Text.Json.Nodes;
using WanLab.Widgets;

namespace WanLab.Jupyter.Cells;

/// <summary>The destination of a cell's output: a Jupyter client, or a notebook file.</summary>
internal interface ICellOutput
{
    /// <summary>The client that draws widgets; null where there is none.</summary>
    IWidgetHost? Widgets { get; }

    /// <summary>Adds text written to <c>stdout</c> or <c>stderr</c>.</summary>
    void Stream(string name, string text);

    /// <summary>Shows something while the cell runs.</summary>
    void Display(MimeBundle data, string displayId);

    /// <summary>Changes something shown before.</summary>
    void Update(MimeBundle data, string displayId);

    /// <summary>Shows the value of the cell.</summary>
    void Result(MimeBundle data);

    /// <summary>Shows why the cell failed.</summary>
    void Error(CellError error);

    /// <summary>Removes what the cell has shown: at once, or when the next output comes.</summary>
    void Clear(bool wait);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="WanLabException">Nobody is there to ask.</exception>
    Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation);
}

/// <summary>One value in several forms: MIME type to content.</summary>
/// <param name="Forms">Text, and for JSON types JSON.</param>
internal sealed record MimeBundle(IReadOnlyDictionary<string, string> Forms)
{
    /// <summary>A bundle with plain text only.</summary>
    public static MimeBundle Plain(string text) => new(new Dictionary<string, string> { ["text/plain"] = text });

    /// <summary>The bundle as messages and notebook files hold it: JSON types are values there, not texts.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (type, text) in Forms)
            json[type] = type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(text) : text;
        return json;
    }
}

/// <summary>The reason why a cell failed.</summary>
/// <param name="Name">The kind of error.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Traceback">Lines for the user: the message and where in which cell.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback)
{
    private const string Red = "\e[31m", Plain = "\e[0m"; // as terminals have it; front ends show it so

    /// <summary>A value that is shown above the error and says all but its first line; null if there is none.</summary>
    public object? Shown { get; init; }

    /// <summary>The error as messages and notebook files hold it.</summary>
    public JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["traceback"] = new JsonArray([.. Traceback.Select((text, k) =>
            (JsonNode)Coloured(Shown is not null && k == 0 ? Headline(text) : text))]),
    };

    private static string Headline(string message) => message.Split('\n')[0].TrimEnd(':') + " (see above).";

    // What is wrong is red; where, and the code, which are indented, are not.
    private static string Coloured(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 || line[0] == ' ' ? line : $"{Red}{line}{Plain}"));
}
