namespace WanLab.Torch.Safetensors;

/// <summary>What a file's header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Start">First byte, counted from the end of the header.</param>
/// <param name="End">One past the last byte.</param>
public sealed record TensorEntry(string Name, DType DType, long[] Shape, long Start, long End);
