using System.Runtime.InteropServices;
using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>An operator of libtorch, found by its schema name and called through the dispatcher.</summary>
internal sealed unsafe class Op
{
    private const int MaxArguments = 24;
    private const int MaxResults = 64;

    private readonly nint _handle;

    private Op(nint handle, string name)
    {
        _handle = handle;
        Name = name;
    }

    /// <summary>Schema name, including the overload.</summary>
    public string Name { get; }

    /// <summary>Finds an operator such as ("aten::add", "Tensor").</summary>
    /// <exception cref="TorchException">The linked libtorch has no such operator.</exception>
    public static Op Find(string name, string overload = "") => TryFind(name, overload)
        ?? throw new TorchException($"libtorch {Runtime.TorchVersion} has no operator {name}{(overload.Length > 0 ? "." : "")}{overload}.");

    /// <summary>Finds an operator, or returns null where the linked libtorch lacks it.</summary>
    public static Op? TryFind(string name, string overload = "")
    {
        nint handle;
        Native.Check(Native.wl_op_find(name, overload, &handle));
        return handle == 0 ? null : new Op(handle, overload.Length == 0 ? name : $"{name}.{overload}");
    }

    /// <summary>Calls the operator for its one tensor result. Trailing arguments that are left out take the schema's defaults.</summary>
    internal Tensor Call(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[1];
        Invoke(args, results, 1);
        return results[0].Tag == ValueTag.Tensor
            ? new Tensor((nint)results[0].Pointer)
            : throw new TorchException($"{Name} does not return a tensor.");
    }

    /// <summary>Calls the operator for several tensors; a list among the results is flattened. An undefined tensor is null.</summary>
    internal Tensor[] CallMany(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        var count = Invoke(args, results, MaxResults);
        var tensors = new Tensor[count];
        for (var k = 0; k < count; k++)
        {
            if (results[k].Tag != ValueTag.Tensor)
            {
                Free(results + k, count - k);
                throw new TorchException($"{Name} does not return only tensors.");
            }
            tensors[k] = results[k].Pointer == null ? null! : new Tensor((nint)results[k].Pointer);
        }
        return tensors;
    }

    /// <summary>Calls the operator for its effect on its arguments (an in-place operator).</summary>
    public void Run(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[MaxResults];
        Free(results, Invoke(args, results, MaxResults));
    }

    /// <summary>Calls the operator for a number: the integer, boolean or float it returns, as a double.</summary>
    internal double CallNumber(params ReadOnlySpan<Arg> args)
    {
        var results = stackalloc NativeValue[1];
        var count = Invoke(args, results, 1);
        if (results[0].Tag is ValueTag.Int or ValueTag.Bool) return results[0].Int;
        if (results[0].Tag == ValueTag.Double) return results[0].Double;
        Free(results, count);
        throw new TorchException($"{Name} does not return a number.");
    }

    private static void Free(NativeValue* results, int count)
    {
        for (var k = 0; k < count; k++)
            if (results[k].Tag == ValueTag.Tensor && results[k].Pointer != null)
                Native.Check(Native.wl_tensor_free((nint)results[k].Pointer));
    }

    private int Invoke(ReadOnlySpan<Arg> args, NativeValue* results, int capacity)
    {
        if (args.Length > MaxArguments) throw new ArgumentException($"{Name}: more than {MaxArguments} arguments.");
        var values = stackalloc NativeValue[MaxArguments];
        var pinned = new Pins();
        try
        {
            for (var k = 0; k < args.Length; k++) values[k] = pinned.Add(args[k]);
            int count;
            Native.Check(Native.wl_op_call(_handle, values, args.Length, results, capacity, &count));
            return count;
        }
        finally
        {
            pinned.Release();
        }
    }

    /// <summary>Pins the arguments of one call in memory and keeps the handles among them alive.</summary>
    private ref struct Pins
    {
        private List<GCHandle>? _pins;
        private SafeHandleBuffer _handles;
        private int _count;
        private List<SafeHandle>? _more;

        public NativeValue Add(in Arg arg)
        {
            var value = new NativeValue { Tag = arg.Tag };
            switch (arg.Tag)
            {
                case ValueTag.Tensor:
                    value.Pointer = (void*)Hold(((Tensor)arg.Object!).Handle);
                    break;
                case ValueTag.Generator:
                    value.Pointer = (void*)Hold(((Generator)arg.Object!).Handle);
                    break;
                case ValueTag.Double:
                    value.Double = arg.Double;
                    break;
                case ValueTag.TensorList:
                    var tensors = (Tensor[])arg.Object!;
                    var pointers = new nint[tensors.Length];
                    for (var k = 0; k < tensors.Length; k++) pointers[k] = tensors[k] is { } t ? Hold(t.Handle) : 0;
                    value.Count = pointers.Length;
                    value.Pointer = Pin(pointers);
                    break;
                case ValueTag.IntList or ValueTag.DoubleList or ValueTag.String:
                    value.Count = ((Array)arg.Object!).Length;
                    value.Pointer = Pin(arg.Object);
                    break;
                default:
                    value.Int = arg.Int;
                    break;
            }
            return value;
        }

        public void Release()
        {
            for (var k = 0; k < Math.Min(_count, SafeHandleBuffer.Length); k++) _handles[k]!.DangerousRelease();
            if (_more is not null)
                foreach (var handle in _more) handle.DangerousRelease();
            if (_pins is not null)
                foreach (var pin in _pins) pin.Free();
        }

        private nint Hold(SafeHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            if (_count < SafeHandleBuffer.Length) _handles[_count] = handle;
            else (_more ??= []).Add(handle);
            _count++;
            return handle.DangerousGetHandle();
        }

        private void* Pin(object array)
        {
            var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
            (_pins ??= []).Add(pin);
            return (void*)pin.AddrOfPinnedObject();
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Length)]
    private struct SafeHandleBuffer
    {
        public const int Length = 8;
        private SafeHandle? _first;
    }
}
