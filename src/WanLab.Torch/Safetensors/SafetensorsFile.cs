using System.IO.MemoryMappedFiles;

namespace WanLab.Torch.Safetensors;

/// <summary>
/// A safetensors file, mapped into memory: opening reads only the header, and a tensor takes no memory of its own until
/// its pages are touched. The mapping lives as long as a tensor or this object refers to it.
/// </summary>
public sealed unsafe class SafetensorsFile
{
    private readonly SafetensorsHeader _header;
    private readonly Mapping? _mapping;

    private SafetensorsFile(string path, SafetensorsHeader header, Mapping? mapping)
    {
        Path = path;
        _header = header;
        _mapping = mapping;
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>The header's entries, by tensor name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => _header.Entries;

    /// <summary>The metadata in the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="WanLabException">The file is missing, truncated or not a safetensors file, or its header is wrong.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (System.IO.Path.GetExtension(path).ToLowerInvariant() is ".pth" or ".pt" or ".ckpt" or ".bin")
            throw new WanLabException(
                $"{path}: pickled weights can run code when they are opened, so they are refused. " +
                    "Use the safetensors version of the model, " +
                "or convert it once in Python: safetensors.torch.save_file(torch.load(path, weights_only=True), 'model.safetensors').");
        if (!File.Exists(path)) throw new WanLabException($"{path}: no such file.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var header = SafetensorsHeader.Read(stream, path);
            return new SafetensorsFile(path, header, stream.Length > header.DataStart ? new Mapping(stream) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// A tensor that refers to the mapped memory, on the host, in the file's type. If libtorch has no 8-bit floats
    /// (<see cref="Runtime.HasFloat8"/>), such tensors come as their raw bytes in UInt8; <see cref="Float8"/> decodes either form.
    /// </summary>
    /// <exception cref="WanLabException">The file has no such tensor.</exception>
    public Tensor Read(string name)
    {
        if (!Entries.TryGetValue(name, out var entry)) throw new WanLabException($"{Path}: has no tensor '{name}'.");
        var dtype = entry.DType is DType.Float8E4M3 or DType.Float8E5M2 && !Runtime.HasFloat8 ? DType.UInt8 : entry.DType;
        if (entry.Start == entry.End) return Tensor.Empty(entry.Shape, dtype);
        var data = _mapping!.Data + _header.DataStart + entry.Start;
        var tensor = Tensor.View(data, entry.Shape, dtype, _mapping);
        if ((long)data % dtype.Size() == 0) return tensor;
        using (tensor) return tensor.Clone(); // kernels expect aligned elements; a header of odd length breaks that
    }

    /// <summary>A private (copy on write) mapping, unmapped when nothing refers to it.</summary>
    private sealed class Mapping
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;

        public Mapping(FileStream stream)
        {
            _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None,
                leaveOpen: true);
            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.CopyOnWrite);
            byte* pointer = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            Data = pointer + _view.PointerOffset;
        }

        ~Mapping()
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }

        public byte* Data { get; }
    }
}
