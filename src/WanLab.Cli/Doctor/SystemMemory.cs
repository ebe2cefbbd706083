using System.Globalization;

namespace WanLab.Cli.Doctor;

/// <summary>Finds the amount of memory that this process may use.</summary>
internal static class SystemMemory
{
    /// <summary>The machine's memory or the container's limit, whichever is smaller.</summary>
    public static long TotalBytes()
    {
        if (!File.Exists("/proc/meminfo")) return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        const string limit = "/sys/fs/cgroup/memory.max";
        return Total(File.ReadAllText("/proc/meminfo"), File.Exists(limit) ? File.ReadAllText(limit) : "max");
    }

    /// <summary>Reads the text of Linux's <c>meminfo</c> and of a control group's <c>memory.max</c>.</summary>
    public static long Total(string meminfo, string limit)
    {
        // "MemTotal:       65842180 kB"
        var line = meminfo.Split('\n').First(text => text.StartsWith("MemTotal:", StringComparison.Ordinal));
        var kib = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return long.TryParse(limit, CultureInfo.InvariantCulture, out var bytes)
            ? Math.Min(kib * 1024, bytes)
            : kib * 1024;
    }
}
