using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Models.Weights;

/// <summary>A folder for weight files that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Root => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    /// <summary>Writes tensors of the shapes given, each full of its position in the list.</summary>
    public string Write(string name, IEnumerable<KnownTensor> tensors, Func<KnownTensor, string> nameOf, DType dtype = DType.Float32)
    {
        SafetensorsWriter.Write(this[name], [.. tensors.Select((t, k) => KeyValuePair.Create(nameOf(t), Tensor.Full(t.Shape, k, dtype)))]);
        return this[name];
    }

    /// <summary>Writes raw bytes under any type's name, for those that this libtorch can not hold.</summary>
    public string WriteRaw(string name, params (string Name, string Type, long[] Shape, byte[] Bytes)[] tensors)
    {
        var at = 0;
        var header = JsonSerializer.SerializeToUtf8Bytes(tensors.ToDictionary(
            t => t.Name, t => new { dtype = t.Type, shape = t.Shape, data_offsets = new[] { at, at += t.Bytes.Length } }));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(this[name], [.. length, .. header, .. tensors.SelectMany(t => t.Bytes)]);
        return this[name];
    }

    public string Touch(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], "", Encoding.ASCII);
        return this[name];
    }
}
