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
        try
        {
            if (Directory.Exists(path)) path = InFolder(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
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
        string[] all = [.. Directory.GetFiles(folder).Where(IsUsable).Order(StringComparer.Ordinal)];
        string[] indexes = [.. all.Where(file => file.EndsWith(".safetensors.index.json", StringComparison.OrdinalIgnoreCase))];
        string[] files = [.. all.Where(file => file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))];
        if (indexes.Length > 0 && Plain(indexes, ".safetensors.index.json") is { } index) return index;
        if (indexes.Length == 0 && Plain(files, ".safetensors") is { } file) return file;
        if (files.Length > 0)
            throw new WanLabException($"{folder}: holds several candidates " +
                $"({string.Join(", ", (indexes.Length > 0 ? indexes : files).Select(System.IO.Path.GetFileName))}); " +
                (files.Any(IsShard) && indexes.Length == 0
                    ? "these are parts of one model, whose index (a .safetensors.index.json) is missing: fetch it too."
                    : "leave one of them in this folder, or name the file itself."));
        foreach (var foreign in all.Concat(Directory.GetFiles(folder)))
            if (ForeignFile.ByName(foreign) is { } why)
                throw new WanLabException($"{folder}: holds no .safetensors file. {System.IO.Path.GetFileName(foreign)}: {why}");
        throw new WanLabException($"{folder}: holds no .safetensors file and no index.");
    }

    // Macs leave a side file ._NAME for each file on foreign disks.
    private static bool IsUsable(string file) => !System.IO.Path.GetFileName(file).StartsWith("._", StringComparison.Ordinal);

    private static bool IsShard(string file) => System.IO.Path.GetFileName(file).Contains("-of-", StringComparison.Ordinal);

    // The only candidate, or, next to variants such as NAME.fp16.safetensors, the one without a variant's name, as diffusers chooses.
    private static string? Plain(string[] files, string ending)
    {
        if (files.Length <= 1) return files.FirstOrDefault();
        string[] plain = [.. files.Where(file => !System.IO.Path.GetFileName(file)[..^ending.Length].Contains('.'))];
        return plain.Length == 1 && !IsShard(plain[0])
            && files.All(file => file.StartsWith(plain[0][..^ending.Length] + ".", StringComparison.Ordinal)) ? plain[0] : null;
    }

    private void AddIndex(string path)
    {
        var shards = JsonFile.Read(path, "index of weights (fetch it again)", json => json.GetProperty("weight_map")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal));
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var problems = new List<string>();
        foreach (var group in shards.GroupBy(pair => pair.Value).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // A file name alone: an index from elsewhere must not lead out of its folder.
            if (group.Key.Length == 0 || group.Key != System.IO.Path.GetFileName(group.Key) || group.Key is "." or "..")
                throw new WanLabException($"{path}: names the shard '{group.Key}', which is not a file's name. Fetch the index again.");
            var shard = System.IO.Path.Combine(folder, group.Key);
            try
            {
                if (!File.Exists(shard)) throw new WanLabException($"{path}: names the shard {group.Key}, which is not there.");
                Add(SafetensorsFile.Open(shard), group.Select(pair => pair.Key));
            }
            catch (WanLabException e)
            {
                problems.Add(e.Message);
            }
        }
        if (problems.Count > 0) throw new WanLabException(string.Join("\n", problems));
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
