using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using WanLab.Torch.Interop;

namespace WanLab.Torch;

// Conversion between managed memory and tensors.
public sealed unsafe partial class Tensor
{
    private static readonly Op ZerosOp = Op.Find("aten::zeros");
    private static readonly Op FullOp = Op.Find("aten::full");
    private static readonly Op EmptyOp = Op.Find("aten::empty", "memory_format");
    private static readonly Op ArangeOp = Op.Find("aten::arange", "start_step");
    private static readonly Op RandnOp = Op.Find("aten::randn", "generator");
    private static readonly Op RandOp = Op.Find("aten::rand", "generator");
    private static readonly Op ItemOp = Op.Find("aten::_local_scalar_dense");

    /// <summary>A tensor filled with zeros.</summary>
    internal static Tensor Zeros(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device device = default) =>
        ZerosOp.Call(shape.ToArray(), dtype, Arg.None, device);

    /// <summary>A tensor filled with one value.</summary>
    internal static Tensor Full(ReadOnlySpan<long> shape, double value, DType dtype = DType.Float32, Device device = default) =>
        FullOp.Call(shape.ToArray(), value, dtype, Arg.None, device);

    /// <summary>A tensor of uninitialised memory; write before reading.</summary>
    internal static Tensor Empty(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device device = default) =>
        EmptyOp.Call(shape.ToArray(), dtype, Arg.None, device);

    /// <summary>The numbers start, start + step, ... below end.</summary>
    internal static Tensor Arange(double start, double end, double step = 1, DType dtype = DType.Float32, Device device = default) =>
        ArangeOp.Call(start, end, step, dtype, Arg.None, device);

    /// <summary>Standard normal numbers, drawn on the host.</summary>
    internal static Tensor Randn(ReadOnlySpan<long> shape, Generator generator, DType dtype = DType.Float32) =>
        RandnOp.Call(shape.ToArray(), generator, dtype);

    /// <summary>Uniform numbers in [0, 1), drawn on the host.</summary>
    internal static Tensor Rand(ReadOnlySpan<long> shape, Generator generator, DType dtype = DType.Float32) =>
        RandOp.Call(shape.ToArray(), generator, dtype);

    /// <summary>A copy of managed values: float, double, long, int, short, byte, sbyte, bool or Half.</summary>
    public static Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape) count *= size;
        if (count != values.Length)
            throw new TorchException($"{values.Length} values do not fill the shape [{string.Join(", ", shape.ToArray())}].");
        nint tensor;
        fixed (T* data = values)
        fixed (long* sizes = shape)
            Native.Check(Native.wl_tensor_from_memory(data, sizes, shape.Length, (int)DTypeOf<T>(), null, 0, &tensor));
        return new Tensor(tensor);
    }

    /// <summary>A copy of managed values.</summary>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<long> shape) where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>
    /// A view of memory that <paramref name="owner"/> keeps valid; the owner is released when libtorch drops the last reference.
    /// </summary>
    public static Tensor View(void* data, ReadOnlySpan<long> shape, DType dtype, object owner)
    {
        var context = GCHandle.Alloc(owner);
        nint tensor;
        fixed (long* sizes = shape)
        {
            var status = Native.wl_tensor_from_memory(data, sizes, shape.Length, (int)dtype, &Release, GCHandle.ToIntPtr(context), &tensor);
            if (status != 0) context.Free();
            Native.Check(status);
        }
        return new Tensor(tensor);
    }

    /// <summary>The value of the only element.</summary>
    public double Item() => ItemOp.CallNumber(this);

    /// <summary>A copy of the elements in row-major order, from any device.</summary>
    /// <exception cref="TorchException">T is not the tensor's element type.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (DTypeOf<T>() != DType)
            throw new TorchException($"a tensor of {DType} cannot be read as {typeof(T).Name}; convert it with To first");
        var values = new T[Count];
        ReadBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Copies the elements as raw bytes, in row-major order.</summary>
    public void ReadBytes(Span<byte> destination)
    {
        if (destination.Length != Bytes) throw new TorchException($"{this} takes {Bytes} bytes, not {destination.Length}");
        using var scope = new TensorScope();
        var source = To(Device.Cpu).Contiguous();
        void* data;
        int contiguous;
        Native.Check(Native.wl_tensor_data(source.Handle, &data, &contiguous));
        new ReadOnlySpan<byte>(data, destination.Length).CopyTo(destination);
        GC.KeepAlive(source);
    }

    /// <summary>Writes the elements to a stream as raw bytes, without a second copy in managed memory.</summary>
    public void WriteTo(Stream stream)
    {
        using var scope = new TensorScope();
        var source = To(Device.Cpu).Contiguous();
        void* data;
        int contiguous;
        Native.Check(Native.wl_tensor_data(source.Handle, &data, &contiguous));
        const int chunk = 1 << 24;
        for (var at = 0L; at < Bytes; at += chunk)
            stream.Write(new ReadOnlySpan<byte>((byte*)data + at, (int)Math.Min(chunk, Bytes - at)));
        GC.KeepAlive(source);
    }

    private static DType DTypeOf<T>() => default(T) switch
    {
        float => DType.Float32,
        double => DType.Float64,
        long => DType.Int64,
        int => DType.Int32,
        short => DType.Int16,
        byte => DType.UInt8,
        sbyte => DType.Int8,
        bool => DType.Bool,
        Half => DType.Float16,
        _ => throw new TorchException($"{typeof(T).Name} is not an element type"),
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint context) => GCHandle.FromIntPtr(context).Free();
}
