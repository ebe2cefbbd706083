using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WanLab.Datasets;

namespace WanLab.Curation.Editing;

/// <summary>Reads and writes <c>curation.json</c>.</summary>
internal static class CurationFile
{
    private static readonly JsonSerializerOptions Form = new(SnakeJson.Indented)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        DictionaryKeyPolicy = null, // file names
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The file of a folder.</summary>
    public static string In(string folder) => Path.Combine(folder, CurationFiles.Plan);

    /// <summary>Reads the file of a folder; a folder without one has no decisions yet.</summary>
    /// <exception cref="DamagedCurationException">The file is damaged.</exception>
    /// <exception cref="WanLabException">The file cannot be read, or a newer version of WanLab wrote it.</exception>
    public static CurationState Read(string folder)
    {
        var file = In(folder);
        byte[] bytes;
        try
        {
            if (!Path.Exists(file)) return new CurationState();
            RegularFile.Require(file);
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Check its permissions.", e);
        }
        try
        {
            var node = StrictJson.Parse(bytes);
            if ((node as JsonObject)?["version"]?.GetValue<int>() is > CurationState.Newest and var version)
                throw new WanLabException($"{file}: has form {version}, and this WanLab reads up to {CurationState.Newest}. Use the newer "
                    + "WanLab that wrote it.");
            var state = node?.Deserialize<CurationState>(Form) ?? throw new JsonException("It is empty.");
            return Complaint(state) is { } complaint ? throw new JsonException(complaint) : state;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new DamagedCurationException($"{file}: is damaged: {e.Message}", e);
        }
    }

    /// <summary>Writes the file of a folder, whole or not at all.</summary>
    /// <exception cref="WanLabException">It cannot be written, or holds what could not be read again.</exception>
    public static void Write(string folder, CurationState state)
    {
        if (Complaint(state) is { } complaint) throw new WanLabException($"This edit cannot be made: {complaint} Nothing was written.");
        AtomicFile.Write(In(folder), stream => stream.Write(JsonSerializer.SerializeToUtf8Bytes(state, Form)));
    }

    // What the form allows and the program never writes.
    private static string? Complaint(CurationState state)
    {
        if (state.Version < 1) return $"there is no form {state.Version}.";
        if (state.Done < 0 || state.Done > state.History.Count)
            return $"{state.Done} changes of {state.History.Count} are said to be done.";
        if (state.Clips.Values.Any(entry => entry is null) || state.History.Any(change => change?.Clips?.Contains(null!) != false))
            return "an entry is empty.";
        var named = state.Clips.Keys.Concat(state.History.SelectMany(change => change.Clips).Select(change => change.Clip));
        // A name leads nowhere else: the file may come from somebody else.
        if (named.FirstOrDefault(name => name is "" or "." or ".." || Path.GetFileName(name) != name) is { } bad)
            return $"'{bad}' is no name of a file.";
        var all = state.Clips.Values.Select(entry => entry.Curation)
            .Concat(state.History.SelectMany(change => change.Clips).SelectMany(change => (ClipCuration[])[change.Before, change.After]));
        foreach (var curation in all)
        {
            if (curation.Name is { } name && !IsName(name)) return $"'{name}' is no name of a file.";
            foreach (var part in curation.Parts)
            {
                if (part.First < 0 || part.End <= part.First) return $"a part reaches from frame {part.First} to {part.End}.";
                if (part.Crop is { } area && (area.X < 0 || area.Y < 0 || area.Width < 1 || area.Height < 1)) return "a crop has no area.";
                if (part.Name is { } own && !IsName(own)) return $"'{own}' is no name of a file.";
            }
        }
        return null;
    }

    private static bool IsName(string name) => ClipNames.Complaint(name) is null;
}

/// <summary>The file of decisions is damaged.</summary>
internal sealed class DamagedCurationException(string message, Exception inner) : WanLabException(message, inner);
