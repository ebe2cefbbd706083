using System.Reflection;
using System.Runtime.InteropServices;

namespace WanLab.Torch.Interop;

/// <summary>The functions of native/wanlab_torch.h, one for one; a test compares the two.</summary>
internal static unsafe partial class Native
{
    public const string Library = "wanlab_torch";
    public const int AbiVersion = 1;

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
        if (wl_abi_version() != AbiVersion)
            throw new TorchException(
                $"libwanlab_torch.so has ABI {wl_abi_version()}, this build needs {AbiVersion}: run './wanlab' once to rebuild it.");
    }

    [LibraryImport(Library)] public static partial int wl_abi_version();
    [LibraryImport(Library)] public static partial int wl_last_error(byte** text, long* length);
    [LibraryImport(Library)] public static partial int wl_torch_version(byte** text, long* length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int wl_op_find(string name, string overload, nint* op);
    [LibraryImport(Library)]
    public static partial int wl_op_call(nint op, NativeValue* args, int n, NativeValue* results, int capacity, int* count);

    [LibraryImport(Library)]
    public static partial int wl_tensor_from_memory(void* data, long* sizes, int rank, int dtype,
        delegate* unmanaged[Cdecl]<nint, void> release, nint context, nint* tensor);
    [LibraryImport(Library)] public static partial int wl_tensor_free(nint t);
    [LibraryImport(Library)] public static partial int wl_tensor_info(TensorHandle t, int* dtype, int* device, int* rank, long* numel);
    [LibraryImport(Library)] public static partial int wl_tensor_sizes(TensorHandle t, long* sizes);
    [LibraryImport(Library)] public static partial int wl_tensor_data(TensorHandle t, void** data, int* contiguous);
    [LibraryImport(Library)] public static partial int wl_live_tensors(long* count);

    [LibraryImport(Library)] public static partial int wl_grad_mode(int enabled, int* before);
    [LibraryImport(Library)] public static partial int wl_set_requires_grad(TensorHandle t, int value);
    [LibraryImport(Library)] public static partial int wl_requires_grad(TensorHandle t, int* value);
    [LibraryImport(Library)] public static partial int wl_get_grad(TensorHandle t, nint* grad);
    [LibraryImport(Library)] public static partial int wl_set_grad(TensorHandle t, nint grad);
    [LibraryImport(Library)] public static partial int wl_backward(nint* roots, nint* gradients, int n);

    [LibraryImport(Library)] public static partial int wl_graph_begin(nint* graph);
    [LibraryImport(Library)] public static partial int wl_graph_end(nint graph);
    [LibraryImport(Library)] public static partial int wl_graph_replay(nint graph);
    [LibraryImport(Library)] public static partial int wl_graph_free(nint graph);

    [LibraryImport(Library)] public static partial int wl_generator_new(ulong seed, nint* generator);
    [LibraryImport(Library)] public static partial int wl_generator_free(nint g);
    [LibraryImport(Library)] public static partial int wl_set_threads(int n);
    [LibraryImport(Library)] public static partial int wl_get_threads(int* n);
    [LibraryImport(Library)] public static partial int wl_allow_tf32(int allowed);
    [LibraryImport(Library)] public static partial int wl_cuda_count(int* n);
    [LibraryImport(Library)] public static partial int wl_cuda_memory(int device, long* allocated, long* peak);

    /// <summary>Turns a status into an exception with the message of this thread's failure.</summary>
    public static void Check(int status)
    {
        if (status != 0) Throw(status);
    }

    private static void Throw(int status)
    {
        byte* text;
        long length;
        wl_last_error(&text, &length);
        var message = Marshal.PtrToStringUTF8((nint)text, (int)length).Trim();
        throw status == 2 ? new TorchOutOfMemoryException(message) : new TorchException(message);
    }

    // The assembly's folder comes first: a notebook that references the dll by path has no other way to find the library.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        var beside = Path.Combine(Path.GetDirectoryName(assembly.Location)!, $"lib{Library}.so");
        return NativeLibrary.Load(File.Exists(beside) ? beside : name);
    }
}
