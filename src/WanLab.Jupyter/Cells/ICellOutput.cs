using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Cells;

/// <summary>Where the output of a cell goes: to a Jupyter client, or into a notebook file.</summary>
internal interface ICellOutput
{
    /// <summary>Text written to <c>stdout</c> or <c>stderr</c>.</summary>
    void Stream(string name, string text);

    /// <summary>Something shown in the course of the cell.</summary>
    void Display(MimeBundle data, string displayId);

    /// <summary>Something shown before has changed.</summary>
    void Update(MimeBundle data, string displayId);

    /// <summary>The cell's value.</summary>
    void Result(MimeBundle data);

    /// <summary>The cell failed.</summary>
    void Error(CellError error);

    /// <summary>Takes away what the cell has shown: at once, or when the next output comes.</summary>
    void Clear(bool wait);

    /// <summary>Asks the user for a line.</summary>
    /// <exception cref="WanLabException">Nobody is there to ask.</exception>
    Task<string> AskAsync(string prompt, bool password, CancellationToken cancellation);
}

/// <summary>One value in several forms: MIME type to content.</summary>
/// <param name="Forms">Text, and for JSON types JSON.</param>
internal sealed record MimeBundle(IReadOnlyDictionary<string, string> Forms)
{
    /// <summary>Plain text alone.</summary>
    public static MimeBundle Plain(string text) => new(new Dictionary<string, string> { ["text/plain"] = text });

    /// <summary>As messages and notebook files hold it: JSON types are values there, not texts.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (type, text) in Forms)
            json[type] = type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(text) : text;
        return json;
    }
}

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The kind of error.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Traceback">Lines for the user: the message and where in which cell.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Traceback)
{
    /// <summary>As messages and notebook files hold it.</summary>
    public JsonObject ToJson() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["traceback"] = new JsonArray([.. Traceback.Select(line => (JsonNode)line)]),
    };
}
