using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Pickles;

/// <summary>
/// A PyTorch file (.pth, .pt, .ckpt, .bin) of the zip form that torch writes since 1.6. Only its tensors are read, and nothing in it is
/// run. Tensors are copied from the file piece by piece, so a file may be larger than the memory.
/// </summary>
internal sealed class PickledFile : IDisposable
{
    private const int MaxPickle = 64 << 20, MaxGathered = 1 << 30, Chunk = 1 << 20;
    private const string Pickle = "data.pkl";

    // The usual places of the weights in a training checkpoint.
    private static readonly string[] Nested =
        ["state_dict", "model_state", "model_state_dict", "model", "module", "params_ema", "params", "ema"];

    private readonly FileStream _file;
    private readonly StoredZip _zip;
    private readonly string _folder;

    private PickledFile(string path, FileStream file)
    {
        (Path, _file) = (path, file);
        _zip = new StoredZip(file, path);
        var pickles = _zip.Names.Where(name => name == Pickle || name.EndsWith("/" + Pickle, StringComparison.Ordinal)).ToList();
        if (pickles.Count != 1) throw _zip.Bad(pickles.Count == 0 ? $"it is a zip archive without a {Pickle}" : $"it holds {Pickle} twice");
        _folder = pickles[0][..^Pickle.Length];
        if (_zip.Length(_folder + "byteorder") is not null && _zip.Read(_folder + "byteorder", 16).AsSpan().SequenceEqual("big"u8))
            throw _zip.Bad("it was written on a big-endian machine, whose numbers are not read");
        Tensors = Weights(Unpickler.Read(_zip.Read(pickles[0], MaxPickle), Bad));
        Check();
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>The tensors, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, PickledTensor>> Tensors { get; }

    /// <summary>Number of bytes of all tensors.</summary>
    public long Bytes => Tensors.Sum(pair => pair.Value.Count * pair.Value.DType.Size());

    /// <summary>Opens a file and checks all of its tensors.</summary>
    /// <exception cref="WanLabException">The file is missing, damaged, of another kind, or holds anything but tensors and plain
    /// values.</exception>
    public static PickledFile Open(string path)
    {
        if (Directory.Exists(path)) throw new WanLabException($"{path}: is a folder; give one of the files in it.");
        if (!File.Exists(path)) throw new WanLabException($"{path}: no such file.");
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            Recognise(file, path);
            return new PickledFile(path, file);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is IOException or UnauthorizedAccessException) throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Writes the tensors as a safetensors file, all or nothing.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="progress">Receives the number of bytes written so far.</param>
    /// <param name="cancellation">Stops the writing; nothing is left then.</param>
    /// <exception cref="WanLabException">The file cannot be written, or the disk has no room for it.</exception>
    public void WriteSafetensors(string path, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var done = 0L;
        SafetensorsWriter.WriteParts(path,
            [.. Tensors.Select(pair => new SafetensorsWriter.Part(pair.Key, pair.Value.DType, pair.Value.Shape,
                stream => Copy(pair.Value, stream, Wrote)))],
            new Dictionary<string, string> { ["format"] = "pt" });

        void Wrote(int bytes)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(done += bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void Recognise(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[ForeignFile.StartBytes];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("PK\x3\x4"u8)) return;
        if (start.Length > 9 && start[8] == '{')
            throw new WanLabException($"{path}: is a safetensors file already; use it as it is (or, for a LoRA, give --names).");
        if (start.Length > 1 && start[0] == 0x80)
            throw new WanLabException($"{path}: is of the form that PyTorch wrote before version 1.6, which is not read. " +
                "Load and save it with a newer PyTorch (weights_only=True), or fetch the .safetensors file of the model.");
        throw new WanLabException($"{path}: {ForeignFile.ByContent(start, path)
            ?? "is not a PyTorch file (.pth, .pt, .ckpt, .bin). Check the path, or fetch the file again."}");
    }

    private WanLabException Bad(string why) => why.StartsWith("refused", StringComparison.Ordinal)
        ? new WanLabException($"{Path}: {why}.")
        : _zip.Bad(why);

    private List<KeyValuePair<string, PickledTensor>> Weights(object? root)
    {
        if (root is not Unpickler.Map map) throw Bad("refused: it holds no dictionary of tensors (a state_dict)");
        var tensors = Of(map);
        if (tensors.Count > 0) return tensors;
        foreach (var name in Nested)
            if (map.Values.GetValueOrDefault(name) is Unpickler.Map inner && Of(inner) is { Count: > 0 } found) return found;
        var keys = map.Values.Keys.Take(8).ToList();
        throw Bad($"refused: it holds no tensors by name, only {(keys.Count > 0 ? string.Join(", ", keys) : "an empty dictionary")}");

        static List<KeyValuePair<string, PickledTensor>> Of(Unpickler.Map map) =>
            [.. map.Values.Where(pair => pair.Value is PickledTensor).Select(pair => new KeyValuePair<string, PickledTensor>(
                pair.Key, (PickledTensor)pair.Value!))];
    }

    // A tensor may show one number many times over (a stride of 0), so a small file could ask for more than any disk holds.
    private void Check()
    {
        Int128 bytes = 0;
        foreach (var (name, tensor) in Tensors)
        {
            var size = (Int128)tensor.Storage.Count * (tensor.Storage.DType?.Size() ?? 1);
            var entry = Entry(tensor);
            if (_zip.Length(entry) is not { } length) throw _zip.Bad($"the numbers of '{name}' ({entry}) are missing");
            if (length < size) throw _zip.Bad($"the numbers of '{name}' take {length} bytes, but should take {size}");
            _zip.Place(entry);
            bytes += (Int128)tensor.Count * tensor.DType.Size();
            if (!tensor.IsContiguous && tensor.Span * tensor.DType.Size() > MaxGathered)
                throw _zip.Bad($"'{name}' is a view that is spread over more than {MaxGathered} bytes");
        }
        if (bytes > 4 * (Int128)_file.Length + (1 << 20)) throw _zip.Bad($"its tensors would take {bytes} bytes, far more than it has");
    }

    private string Entry(PickledTensor tensor) => $"{_folder}data/{tensor.Storage.Key}";

    private void Copy(PickledTensor tensor, Stream to, Action<int> wrote)
    {
        var size = tensor.DType.Size();
        _file.Position = _zip.Place(Entry(tensor)) + tensor.Offset * size;
        if (!tensor.IsContiguous)
        {
            Gather(tensor, size, to, wrote);
            return;
        }
        var buffer = new byte[Chunk];
        for (var left = tensor.Count * size; left > 0;)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            _file.ReadExactly(piece);
            to.Write(piece);
            left -= piece.Length;
            wrote(piece.Length);
        }
    }

    // In the order of the view's axes, which need not be the storage's.
    private void Gather(PickledTensor tensor, int size, Stream to, Action<int> wrote)
    {
        var source = new byte[(int)tensor.Span * size];
        _file.ReadExactly(source);
        var place = new long[tensor.Shape.Length];
        for (var left = tensor.Count; left > 0; left--)
        {
            var at = 0L;
            for (var axis = 0; axis < place.Length; axis++) at += place[axis] * tensor.Strides[axis];
            to.Write(source, (int)at * size, size);
            for (var axis = place.Length - 1; axis >= 0 && ++place[axis] == tensor.Shape[axis]; axis--) place[axis] = 0;
        }
        wrote((int)Math.Min(int.MaxValue, tensor.Count * size));
    }
}
