using System.Runtime.InteropServices;

namespace WanLab.Torch.Interop;

/// <summary>The native struct wl_value: 16 bytes, a tag and a payload.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeValue
{
    [FieldOffset(0)] public ValueTag Tag;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Int;
    [FieldOffset(8)] public double Double;
    [FieldOffset(8)] public void* Pointer;
}

/// <summary>The kind of value in a <see cref="NativeValue"/>; the numbers are those of the header.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    String = 7,
    Device = 8,
    Generator = 9,
    DoubleList = 10,
}
