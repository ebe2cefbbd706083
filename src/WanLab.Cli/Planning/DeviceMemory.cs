using WanLab.Cli.Doctor;
using WanLab.Torch;

namespace WanLab.Cli.Planning;

/// <summary>Finds the amount of memory of a job's device.</summary>
internal static class DeviceMemory
{
    /// <summary>The memory in bytes; null where it is not known.</summary>
    public static long? Of(string device) =>
        device != "cpu" && (device != "auto" || Runtime.CudaCount > 0) ? null : SystemMemory.TotalBytes();
}
