using System.Runtime.InteropServices;
using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>The libtorch in use: version, threads, devices, live tensors.</summary>
internal static unsafe class Runtime
{
    /// <summary>Version of the libtorch that the native library was built against.</summary>
    public static string TorchVersion
    {
        get
        {
            byte* text;
            long length;
            Native.Check(Native.wl_torch_version(&text, &length));
            return Marshal.PtrToStringUTF8((nint)text, (int)length);
        }
    }

    /// <summary>Whether this libtorch has the 8-bit float types (2.1 and later).</summary>
    public static bool HasFloat8 { get; } = Version.Parse(TorchVersion.Split('+', 'a', 'r')[0]) >= new Version(2, 1);

    /// <summary>Number of threads that one operator may use on the host. Small tensors are faster with one.</summary>
    public static int Threads
    {
        get
        {
            int n;
            Native.Check(Native.wl_get_threads(&n));
            return n;
        }
        set => Native.Check(Native.wl_set_threads(value));
    }

    /// <summary>
    /// Lets convolutions and matrix products of float32 round their inputs to TF32 on CUDA, which is faster and less exact. Off
    /// by default.
    /// </summary>
    public static void AllowTf32(bool allowed) => Native.Check(Native.wl_allow_tf32(allowed ? 1 : 0));

    /// <summary>Number of CUDA devices that this libtorch sees.</summary>
    public static int CudaCount
    {
        get
        {
            int n;
            Native.Check(Native.wl_cuda_count(&n));
            return n;
        }
    }

    /// <summary>Number of tensor handles in this process that are not freed yet; tests check that it returns to its old value.</summary>
    public static long LiveTensors
    {
        get
        {
            long n;
            Native.Check(Native.wl_live_tensors(&n));
            return n;
        }
    }

    /// <summary>Bytes that tensors take on a CUDA device, now and at the peak so far.</summary>
    public static (long Allocated, long Peak) CudaMemory(int device)
    {
        long allocated, peak;
        Native.Check(Native.wl_cuda_memory(device, &allocated, &peak));
        return (allocated, peak);
    }
}
