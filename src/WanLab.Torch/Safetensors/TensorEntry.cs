namespace WanLab.Torch.Safetensors;

/// <summary>The entry of one tensor in a file's header.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Start">Offset of its first byte, counted from the end of the header.</param>
/// <param name="End">Offset one past its last byte.</param>
public sealed record TensorEntry(string Name, DType DType, long[] Shape, long Start, long End);
