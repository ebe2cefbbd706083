using System.Runtime.InteropServices;

namespace WanLab.Torch.Interop;

/// <summary>Owns one native tensor reference. A call in progress keeps it alive; use after disposal throws.</summary>
internal sealed class TensorHandle : SafeHandle
{
    public TensorHandle(nint value) : base(0, ownsHandle: true) => SetHandle(value);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Native.wl_tensor_free(handle) == 0;
}

/// <summary>Owns one native random generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    public GeneratorHandle(nint value) : base(0, ownsHandle: true) => SetHandle(value);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Native.wl_generator_free(handle) == 0;
}
