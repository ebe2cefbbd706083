namespace WanLab.Training;

/// <summary>Memory of this process, as Linux reports it.</summary>
internal static class ProcessMemory
{
    /// <summary>Current resident memory, in MiB.</summary>
    public static double ResidentMib => Read("VmRSS:");

    /// <summary>Highest resident memory so far, in MiB.</summary>
    public static double PeakMib => Read("VmHWM:");

    private static double Read(string field)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith(field, StringComparison.Ordinal))
                return double.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0]) / 1024;
        return double.NaN;
    }
}
