using WanLab.Cli.Doctor;
using WanLab.Torch;

namespace WanLab.Cli.Planning;

/// <summary>How much memory the device of a job has.</summary>
internal static class DeviceMemory
{
    /// <summary>In bytes; null where it can not be told.</summary>
    public static long? Of(string device) =>
        device != "cpu" && (device != "auto" || Runtime.CudaCount > 0) ? null : SystemMemory.TotalBytes();
}
