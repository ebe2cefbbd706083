using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Runner;

/// <summary>A notebook file of format 4. What is not changed here stays as it is.</summary>
internal sealed class Notebook
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256, // what a cell shows may be as deep as what is read, and stands some levels down in the file
    };
    private const int MaxBytes = 512 << 20;
    private readonly JsonObject _json;

    private Notebook(JsonObject json) => _json = json;

    /// <summary>The cells with code, in order.</summary>
    public IReadOnlyList<NotebookCell> CodeCells =>
        [.. Cells.Where(cell => (string?)cell["cell_type"] == "code").Select(cell => new NotebookCell(cell))];

    private IEnumerable<JsonObject> Cells => _json["cells"]!.AsArray().Select(cell => cell!.AsObject());

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="WanLabException">The file is missing, is no notebook of format 4, or is for another language.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            return new Notebook(NotebookForm.Check(StrictJson.Parse(Bytes(path)), path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new WanLabException($"{path}: cannot be read as a notebook: {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> Bytes(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            throw new WanLabException($"{path}: is larger than {MaxBytes >> 20} MiB; clear the outputs of its cells and save it again.");
        byte[] bytes = File.ReadAllBytes(path);
        return bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => bytes.AsSpan(3),
            // UTF-16, as some editors save.
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => System.Text.Encoding.UTF8.GetBytes(File.ReadAllText(path)),
            _ => bytes,
        };
    }

    /// <summary>Removes the cells with a label.</summary>
    public void RemoveCells(string tag)
    {
        foreach (var cell in CodeCells.Where(cell => cell.Tags.Contains(tag))) _json["cells"]!.AsArray().Remove(cell.Json);
    }

    /// <summary>Adds a cell with code and a label, which is its id too.</summary>
    public void InsertAfter(NotebookCell cell, string tag, string source)
    {
        var cells = _json["cells"]!.AsArray();
        cells.Insert(cells.IndexOf(cell.Json) + 1, new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = tag,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray(tag) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        });
    }

    /// <summary>Names the kernel that the notebook is for, unless it already names one.</summary>
    public void NameKernel(JsonObject kernelspec, JsonObject languageInfo)
    {
        if (_json["metadata"] is not JsonObject metadata) _json["metadata"] = metadata = [];
        metadata.TryAdd("kernelspec", kernelspec);
        metadata["language_info"] = languageInfo;
    }

    /// <summary>Writes the file, whole or not at all, as format 4.5: every cell has an id.</summary>
    public void Write(string path)
    {
        _json["nbformat_minor"] = Math.Max((int?)_json["nbformat_minor"] ?? 0, 5);
        var number = 0;
        foreach (var cell in Cells)
        {
            number++;
            if (cell["id"] is null) cell["id"] = $"cell-{number}";
        }
        AtomicFile.WriteText(path, _json.ToJsonString(Json) + "\n");
    }
}

/// <summary>One cell with code.</summary>
/// <param name="json">The cell, as in the file.</param>
internal sealed class NotebookCell(JsonObject json)
{
    /// <summary>The cell's JSON, as in the file.</summary>
    public JsonObject Json => json;

    /// <summary>The code: one text, or a list of lines, as Jupyter writes it.</summary>
    public string Source =>
        json["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)json["source"] ?? "";

    /// <summary>Labels a user gave the cell.</summary>
    public IReadOnlyList<string> Tags => json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(tag => (string?)tag ?? "")] : [];

    /// <summary>Replaces the outputs of the cell.</summary>
    public void SetOutputs(int? executionCount, JsonArray outputs)
    {
        json["execution_count"] = executionCount;
        json["outputs"] = outputs;
    }
}
