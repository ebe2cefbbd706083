using System.Buffers.Binary;
using System.Text.Json;
using WanLab.Models;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Testing;

/// <summary>Writes files of weights into a <see cref="TempFolder"/>.</summary>
public static class TempWeights
{
    /// <summary>Writes tensors of the shapes given, each full of its position in the list.</summary>
    public static string Write(
        this TempFolder folder, string name, IEnumerable<KnownTensor> tensors, Func<KnownTensor, string> nameOf,
        DType dtype = DType.Float32)
    {
        SafetensorsWriter.Write(folder[name],
            [.. tensors.Select((t, k) => KeyValuePair.Create(nameOf(t), Tensor.Full(t.Shape, k, dtype)))]);
        return folder[name];
    }

    /// <summary>Writes raw bytes under any type's name, for types that this libtorch does not have.</summary>
    public static string WriteRaw(this TempFolder folder, string name,
        params (string Name, string Type, long[] Shape, byte[] Bytes)[] tensors)
    {
        var at = 0;
        var header = JsonSerializer.SerializeToUtf8Bytes(tensors.ToDictionary(
            t => t.Name, t => new { dtype = t.Type, shape = t.Shape, data_offsets = new[] { at, at += t.Bytes.Length } }));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(folder[name], [.. length, .. header, .. tensors.SelectMany(t => t.Bytes)]);
        return folder[name];
    }
}
