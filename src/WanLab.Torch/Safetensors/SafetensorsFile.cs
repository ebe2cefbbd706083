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
    /// <exception cref="WanLabException">The file is missing, truncated or of another kind, its header is wrong, or the system has no
    /// room to map it.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (ForeignFile.ByName(path) is { } why) throw new WanLabException($"{path}: {why}");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var header = SafetensorsHeader.Read(stream, path);
            return new SafetensorsFile(path, header, stream.Length > header.DataStart ? new Mapping(stream, path) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// A tensor that refers to the mapped memory, on the host, in the file's type. The memory is read-only: change a clone, because
    /// an operator that writes into the tensor itself ends the process. If libtorch has no 8-bit floats
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

    /// <summary>
    /// A read-only mapping: such pages need no memory of their own, so a file may be larger than the memory. The view's handle unmaps
    /// it when nothing refers to it; there is no finaliser here that could meet a mapping that failed.
    /// </summary>
    private sealed class Mapping
    {
        private readonly MemoryMappedViewAccessor _view;

        public Mapping(FileStream stream, string path)
        {
            try
            {
                using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read,
                    HandleInheritability.None, leaveOpen: true);
                _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException or NotSupportedException
                or ArgumentException)
            {
                throw new WanLabException($"{path}: its {stream.Length} bytes cannot be mapped into memory: {e.Message.TrimEnd('.')}. " +
                    "Raise the limit on address space (ulimit -v), or copy the file to a local disk.", e);
            }
        }

        public byte* Data => (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle() + _view.PointerOffset;
    }
}
