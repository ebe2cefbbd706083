using WanLab.Media;
using WanLab.Torch;

namespace WanLab.Cli.Doctor;

/// <summary>Looks for what decides how large a model can be trained here: libtorch, a GPU, the processor, memory, disk, codecs.</summary>
internal static class MachineProbes
{
    private static readonly string[] Decoders = ["h264", "hevc", "vp9", "av1", "prores", "mjpeg", "webp", "png"];

    /// <summary>The version of libtorch, and whether it can use a GPU.</summary>
    public static Finding Torch() => new("libtorch", true,
        $"{Runtime.TorchVersion}, {(Runtime.CudaCount == 0 ? "CPU only" : Numbers.Of(Runtime.CudaCount, "CUDA device"))}");

    /// <summary>The NVIDIA GPUs and their driver, which may be there although libtorch cannot use them.</summary>
    public static Finding Gpu()
    {
        if (Programs.Find("nvidia-smi") is null) return new Finding("GPU", true, "none found (no nvidia-smi on PATH)");
        var (code, output, errors) = Ffmpeg.Run("nvidia-smi", ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"]);
        return new Finding("GPU", true, code == 0 ? string.Join("; ", output.Trim().Split('\n').Select(line => $"{line.Trim()} driver"))
            : $"nvidia-smi does not answer: {errors.Trim()}");
    }

    /// <summary>Whether the processor computes in bf16; without it, bf16 is only a way to store numbers.</summary>
    public static Finding Bf16()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file)) return new Finding("bf16", true, "not known on this system");
        var flags = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        var has = flags.Intersect(["avx512_bf16", "amx_bf16", "avx_ne_convert"]).ToList();
        return new Finding("bf16", true, has.Count > 0 ? $"in the processor ({string.Join(", ", has)})"
            : "not in the processor: on the CPU, bf16 weights are slower than float32");
    }

    /// <summary>Free space where runs and the cache are written.</summary>
    public static Finding Disk() => new("disk", true, string.Join("; ", new[] { Path.GetFullPath("."), CacheFolder.Path }
        .Select(folder => $"{Numbers.Size(Free(folder))} free for {folder}")));

    /// <summary>The kinds of clips and pictures that this ffmpeg can and cannot read.</summary>
    public static Finding Codecs()
    {
        if (Programs.Find("ffmpeg") is null) return new Finding("codecs", true, "not known without ffmpeg");
        var missing = Decoders.Where(name => !Ffmpeg.HasDecoder(name) && !(name == "av1" && Ffmpeg.HasDecoder("libdav1d"))).ToList();
        if (!Ffmpeg.HasFilter("zscale")) missing.Add("zscale (HDR)");
        var found = string.Join(", ", Decoders.Except(missing));
        return new Finding("codecs", true, missing.Count == 0 ? $"{found}, HDR" : $"{found}; missing: {string.Join(", ", missing)}");
    }

    private static double Free(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!; // the cache comes with the first run
        return new DriveInfo(folder).AvailableFreeSpace;
    }
}
