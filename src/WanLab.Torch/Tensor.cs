using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>
/// A reference to a libtorch tensor. Dispose it, or let a <see cref="TensorScope"/> do so; use after disposal throws
/// <see cref="ObjectDisposedException"/>. Methods have torch's names in C# case and return new tensors unless the
/// name ends in "Into" or says otherwise.
/// </summary>
public sealed unsafe partial class Tensor : IDisposable
{
    private long[]? _shape;
    private int _dtype;
    private int _device;
    private long _count;

    internal Tensor(nint value)
    {
        if (value == 0) throw new TorchException("an operator returned an undefined tensor where one was expected");
        Handle = new TensorHandle(value);
        TensorScope.Enter(this);
    }

    internal TensorHandle Handle { get; }

    internal TensorScope? Scope { get; set; }

    /// <summary>Sizes, outermost first.</summary>
    public IReadOnlyList<long> Shape => Sizes;

    /// <summary>Number of axes.</summary>
    public int Rank => Sizes.Length;

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            _ = Sizes;
            return _count;
        }
    }

    /// <summary>Element type.</summary>
    public DType DType
    {
        get
        {
            _ = Sizes;
            return (DType)_dtype;
        }
    }

    /// <summary>The device that the tensor is on.</summary>
    internal Device Device
    {
        get
        {
            _ = Sizes;
            return Device.Unpack(_device);
        }
    }

    /// <summary>Number of bytes that the elements take.</summary>
    public long Bytes => Count * DType.Size();

    internal long[] Sizes
    {
        get
        {
            if (_shape is not null) return _shape;
            int dtype, device, rank;
            long count;
            Native.Check(Native.wl_tensor_info(Handle, &dtype, &device, &rank, &count));
            var shape = new long[rank];
            fixed (long* p = shape) Native.Check(Native.wl_tensor_sizes(Handle, p));
            (_dtype, _device, _count) = (dtype, device, count);
            return _shape = shape;
        }
    }

    /// <summary>Size of one axis; negative counts from the end.</summary>
    public long Size(int axis) => Sizes[axis < 0 ? axis + Sizes.Length : axis];

    /// <summary>The shape as text, such as <c>[2, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Sizes)}]";

    /// <inheritdoc/>
    public override string ToString() => Handle.IsClosed ? "Tensor(disposed)" : $"Tensor({ShapeText}, {DType}, {Device})";

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    /// <summary>Throws unless the tensor has the given shape; -1 stands for any size.</summary>
    /// <exception cref="TorchException">The shape differs; the message names the tensor.</exception>
    public Tensor Expect(string name, params ReadOnlySpan<long> shape)
    {
        var fits = shape.Length == Rank;
        for (var k = 0; fits && k < shape.Length; k++) fits = shape[k] < 0 || shape[k] == Sizes[k];
        if (!fits)
            throw new TorchException($"{name} has shape {ShapeText}, " +
                $"expected [{string.Join(", ", shape.ToArray().Select(s => s < 0 ? "any" : s.ToString()))}].");
        return this;
    }
}
