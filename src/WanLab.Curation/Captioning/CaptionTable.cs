using System.Text;
using System.Text.Json.Nodes;

namespace WanLab.Curation.Captioning;

/// <summary>Captions as a table with the columns file and caption: .csv for spreadsheets, .jsonl for programs.</summary>
internal static class CaptionTable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the captions of a folder; clips without one have an empty text.</summary>
    /// <exception cref="WanLabException">The name has another ending, the file exists, or cannot be written.</exception>
    public static void Write(string file, CaptionFolder folder)
    {
        var isCsv = IsCsv(file);
        if (Path.Exists(file))
            throw new WanLabException($"'{file}' already exists and is not overwritten; give another name, or delete it.");
        var rows = folder.Clips.Select(clip => (clip.Name, clip.Text));
        AtomicFile.WriteText(file, isCsv
            ? "file,caption\n" + string.Concat(rows.Select(row => $"{Csv.Cell(row.Name)},{Csv.Cell(row.Text)}\n"))
            : string.Concat(rows.Select(row => new JsonObject { ["file"] = row.Name, ["caption"] = row.Text }
                .ToJsonString(SnakeJson.Line) + "\n")));
    }

    /// <summary>The captions in a table that differ from the folder's. Rows with an empty caption, and clips without a row, stay as they
    /// are.</summary>
    /// <exception cref="WanLabException">The table cannot be read; all problems of its rows are listed.</exception>
    public static IReadOnlyList<CaptionChange> Read(string file, CaptionFolder folder)
    {
        var rows = IsCsv(file) ? CsvRows(file) : JsonRows(file);
        var (texts, problems) = (new Dictionary<CaptionedClip, string>(), new List<string>());
        foreach (var (line, name, caption) in rows)
        {
            try
            {
                var clip = folder.Clip(name);
                if (texts.TryGetValue(clip, out var other) && other != caption) problems.Add($"line {line}: {name} has two captions.");
                texts[clip] = caption;
            }
            catch (WanLabException e)
            {
                problems.Add($"line {line}: {e.Message}");
            }
        }
        if (problems.Count > 0) throw new WanLabException($"{file}: nothing is imported.{Listing.Lines(problems, 10)}");
        return CaptionEdit.Plan(texts.Keys.Where(clip => texts[clip].Trim() != ""), clip => texts[clip]);
    }

    private static bool IsCsv(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".csv" => true,
        ".jsonl" => false,
        var other => throw new WanLabException($"'{file}': captions are written and read as .csv or .jsonl, not as '{other}'."),
    };

    private static List<(int Line, string File, string Caption)> CsvRows(string file)
    {
        var text = Text(file);
        var rows = Csv.Read(text).ToList();
        var head = rows.Count > 0 ? rows[0].Cells.Select(cell => cell.Trim().ToLowerInvariant()).ToList() : [];
        var (name, caption) = (head.IndexOf("file"), head.IndexOf("caption"));
        if (name < 0 || caption < 0) throw new WanLabException($"{file}: its first line has to name the columns file and caption.");
        var filled = rows.Skip(1).Where(row => row.Cells is not [""]).ToList();
        foreach (var (line, cells) in filled.Where(row => row.Cells.Count != head.Count))
            throw new WanLabException($"{file}: line {line} has {Numbers.Of(cells.Count, "column")}, and the first line has " +
                $"{head.Count}. A text with commas stands in quotes.");
        return [.. filled.Select(row => (row.Line, row.Cells[name].Trim(), row.Cells[caption]))];
    }

    private static List<(int Line, string File, string Caption)> JsonRows(string file)
    {
        var rows = new List<(int, string, string)>();
        foreach (var (k, line) in Text(file).Split('\n').Index())
        {
            if (line.Trim() == "") continue;
            try
            {
                if (StrictJson.Parse(Encoding.UTF8.GetBytes(line)) is JsonObject row && (string?)row["file"] is { } name
                    && (string?)row["caption"] is { } caption) rows.Add((k + 1, name, caption));
                else throw new JsonException("A key is missing.");
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new WanLabException($$"""{{file}}: line {{k + 1}} is not of the form {"file": "a.mp4", "caption": "..."}.""", e);
            }
        }
        return rows;
    }

    // As spreadsheets save it: with a mark in front, or in UTF-16 with one.
    private static string Text(string file)
    {
        try
        {
            RegularFile.Require(file);
            using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new WanLabException($"{file}: is not UTF-8 text. Save it as UTF-8 (in Excel: CSV UTF-8).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message}", e);
        }
    }
}
