using System.Text.Json;

namespace WanLab.Torch.Safetensors;

/// <summary>The weights of one model on disk: a single file, an index of shards, or a folder that holds either.</summary>
internal sealed class WeightFiles
{
    private readonly Dictionary<string, SafetensorsFile> _fileOf = new(StringComparer.Ordinal);
    private readonly List<SafetensorsFile> _files = [];

    private WeightFiles(string path) => Path = path;

    /// <summary>The path that was opened.</summary>
    public string Path { get; }

    /// <summary>The files with the tensors, in the order of opening.</summary>
    public IReadOnlyList<SafetensorsFile> Files => _files;

    /// <summary>Names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _fileOf.Keys;

    /// <summary>Opens a .safetensors file, a *.safetensors.index.json, or a folder with one of them.</summary>
    /// <exception cref="WanLabException">No file or several files match, or a shard is missing or damaged.</exception>
    public static WeightFiles Open(string path)
    {
        if (Directory.Exists(path)) path = InFolder(path);
        var weights = new WeightFiles(path);
        if (path.EndsWith(".index.json", StringComparison.Ordinal)) weights.AddIndex(path);
        else weights.Add(SafetensorsFile.Open(path), null);
        return weights;
    }

    /// <summary>The header's entry of a tensor, or null where there is none.</summary>
    public TensorEntry? Find(string name) => _fileOf.TryGetValue(name, out var file) ? file.Entries[name] : null;

    /// <summary>A tensor that refers to mapped memory, in the file's type.</summary>
    public Tensor Read(string name) =>
        _fileOf.TryGetValue(name, out var file) ? file.Read(name) : throw new WanLabException($"{Path}: has no tensor '{name}'.");

    private static string InFolder(string folder)
    {
        string[] indexes = [.. Directory.GetFiles(folder, "*.safetensors.index.json").Order(StringComparer.Ordinal)];
        string[] files = [.. Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal)];
        if (indexes.Length == 1) return indexes[0];
        if (indexes.Length == 0 && files.Length == 1) return files[0];
        if (indexes.Length == 0 && files.Length == 0)
        {
            var pickled = Directory.GetFiles(folder)
                .Where(f => System.IO.Path.GetExtension(f) is ".pth" or ".bin" or ".pt")
                .Select(System.IO.Path.GetFileName)
                .ToArray();
            throw new WanLabException(pickled.Length > 0
                ? $"{folder}: holds only pickled weights ({string.Join(", ", pickled)}), which are refused. " +
                    "Use the safetensors version of the model."
                : $"{folder}: holds no .safetensors file and no index.");
        }
        throw new WanLabException($"{folder}: holds several candidates " +
            $"({string.Join(", ", (indexes.Length > 0 ? indexes : files).Select(System.IO.Path.GetFileName))}); name the file itself.");
    }

    private void AddIndex(string path)
    {
        Dictionary<string, string> shards;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            shards = document.RootElement.GetProperty("weight_map")
                .EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new WanLabException($"{path}: not a readable index ({e.Message}).", e);
        }
        var folder = System.IO.Path.GetDirectoryName(path)!;
        foreach (var group in shards.GroupBy(pair => pair.Value).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var shard = System.IO.Path.Combine(folder, group.Key);
            if (!File.Exists(shard)) throw new WanLabException($"{path}: names the shard {group.Key}, which is not there.");
            Add(SafetensorsFile.Open(shard), group.Select(pair => pair.Key));
        }
    }

    private void Add(SafetensorsFile file, IEnumerable<string>? names)
    {
        _files.Add(file);
        foreach (var name in names ?? file.Entries.Keys)
        {
            if (!file.Entries.ContainsKey(name))
                throw new WanLabException($"{Path}: says that {file.Path} holds '{name}', but it does not.");
            _fileOf[name] = file;
        }
    }
}
