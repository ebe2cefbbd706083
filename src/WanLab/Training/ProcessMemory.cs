using System.Diagnostics;

namespace WanLab.Training;

/// <summary>Memory of this process.</summary>
internal static class ProcessMemory
{
    /// <summary>Current resident memory, in MiB.</summary>
    public static double ResidentMib => Environment.WorkingSet / 1048576.0;

    /// <summary>Highest resident memory so far, in MiB.</summary>
    public static double PeakMib
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }
}
