namespace WanLab.Torch;

// Views, copies and conversions.
public sealed partial class Tensor
{
    private static readonly Op ViewOp = Op.Find("aten::view");
    private static readonly Op ViewTypeOp = Op.Find("aten::view", "dtype");
    private static readonly Op IndexSelectOp = Op.Find("aten::index_select");
    private static readonly Op ReshapeOp = Op.Find("aten::reshape");
    private static readonly Op PermuteOp = Op.Find("aten::permute");
    private static readonly Op TransposeOp = Op.Find("aten::transpose", "int");
    private static readonly Op UnsqueezeOp = Op.Find("aten::unsqueeze");
    private static readonly Op SqueezeOp = Op.Find("aten::squeeze", "dim");
    private static readonly Op ExpandOp = Op.Find("aten::expand");
    private static readonly Op NarrowOp = Op.Find("aten::narrow");
    private static readonly Op SelectOp = Op.Find("aten::select", "int");
    private static readonly Op ChunkOp = Op.Find("aten::chunk");
    private static readonly Op CatOp = Op.Find("aten::cat");
    private static readonly Op StackOp = Op.Find("aten::stack");
    private static readonly Op ContiguousOp = Op.Find("aten::contiguous");
    private static readonly Op CloneOp = Op.Find("aten::clone");
    private static readonly Op DetachOp = Op.Find("aten::detach");
    private static readonly Op AliasOp = Op.Find("aten::alias");
    private static readonly Op ToDTypeOp = Op.Find("aten::to", "dtype");
    private static readonly Op ToDeviceOp = Op.Find("aten::to", "device");
    private const int ChannelsLastFormat = 2; // libtorch's MemoryFormat::ChannelsLast

    /// <summary>The same elements in another shape; one size may be -1. Needs compatible strides.</summary>
    public Tensor View(params long[] shape) => ViewOp.Call(this, shape);

    /// <summary>The same bytes read as another element type of the same size.</summary>
    public Tensor ViewAs(DType dtype) => ViewTypeOp.Call(this, dtype);

    /// <summary>The positions of one axis given by <paramref name="index"/> (Int32 or Int64, one axis), in its order.</summary>
    public Tensor IndexSelect(int axis, Tensor index) => IndexSelectOp.Call(this, axis, index);

    /// <summary>The same elements in another shape, copied where needed; one size may be -1.</summary>
    public Tensor Reshape(params long[] shape) => ReshapeOp.Call(this, shape);

    /// <summary>Reorders the axes.</summary>
    public Tensor Permute(params long[] axes) => PermuteOp.Call(this, axes);

    /// <summary>Swaps two axes.</summary>
    public Tensor Transpose(int a, int b) => TransposeOp.Call(this, a, b);

    /// <summary>Inserts an axis of size 1.</summary>
    public Tensor Unsqueeze(int axis) => UnsqueezeOp.Call(this, axis);

    /// <summary>Removes an axis of size 1.</summary>
    public Tensor Squeeze(int axis) => SqueezeOp.Call(this, axis);

    /// <summary>Repeats axes of size 1 without copying; -1 keeps the size of an axis.</summary>
    public Tensor Expand(params long[] shape) => ExpandOp.Call(this, shape);

    /// <summary>A part of one axis, as a view.</summary>
    public Tensor Narrow(int axis, long start, long length) => NarrowOp.Call(this, axis, start, length);

    /// <summary>One position of one axis, as a view without that axis.</summary>
    public Tensor Select(int axis, long index) => SelectOp.Call(this, axis, index);

    /// <summary>Splits an axis into equal parts, as views.</summary>
    public Tensor[] Chunk(int parts, int axis) => ChunkOp.CallMany(this, parts, axis);

    /// <summary>Joins tensors along an existing axis.</summary>
    public static Tensor Cat(Tensor[] parts, int axis) => CatOp.Call(parts, axis);

    /// <summary>Joins tensors along a new axis.</summary>
    public static Tensor Stack(Tensor[] parts, int axis = 0) => StackOp.Call(parts, axis);

    /// <summary>The tensor itself if it is row-major in memory, otherwise a copy that is.</summary>
    public Tensor Contiguous() => ContiguousOp.Call(this);

    /// <summary>The tensor itself if the channels of [B, C, H, W] are innermost in memory, otherwise a copy where they are.</summary>
    public Tensor ChannelsLast() => ContiguousOp.Call(this, ChannelsLastFormat);

    /// <summary>A copy in memory of its own.</summary>
    public Tensor Clone() => CloneOp.Call(this);

    /// <summary>The same memory, outside the autograd graph.</summary>
    public Tensor Detach() => DetachOp.Call(this);

    /// <summary>The same tensor with a handle of its own.</summary>
    public Tensor Alias() => AliasOp.Call(this);

    /// <summary>Converts to an element type; a tensor of that type is returned under a new handle.</summary>
    public Tensor To(DType dtype) => ToDTypeOp.Call(this, dtype);

    /// <summary>Moves to a device; a tensor on that device is returned under a new handle.</summary>
    internal Tensor To(Device device) => device == Device ? Alias() : ToDeviceOp.Call(this, device, DType);

    /// <summary>Moves to a device and converts to an element type.</summary>
    internal Tensor To(Device device, DType dtype) => device == Device ? To(dtype) : ToDeviceOp.Call(this, device, dtype);
}
