namespace WanLab.Torch;

/// <summary>Kinds of device, numbered as libtorch's DeviceType.</summary>
public enum DeviceType
{
    /// <summary>The host.</summary>
    Cpu = 0,

    /// <summary>A CUDA device.</summary>
    Cuda = 1,
}

/// <summary>The device that a tensor is on.</summary>
/// <param name="Type">Kind of device.</param>
/// <param name="Index">Index of the device; -1 for the current (or only) one.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    /// <summary>The host.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>Whether the device is the host.</summary>
    public bool IsCpu => Type == DeviceType.Cpu;

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; <c>auto</c> is the first CUDA device, else the host.</summary>
    /// <exception cref="WanLabException">The text is not a device, or one that this machine or this libtorch lacks.</exception>
    public static Device Parse(string text)
    {
        var count = Runtime.CudaCount;
        if (text == "auto") return count > 0 ? new Device(DeviceType.Cuda, 0) : Cpu;
        if (text == "cpu") return Cpu;
        var index = 0;
        if (text != "cuda" && !(text.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(text.AsSpan(5), out index)))
            throw new WanLabException($"'{text}' is not a device; write auto, cpu or cuda:N.");
        if (index < 0 || index >= count)
            throw new WanLabException($"There is no device '{text}': this libtorch ({Runtime.TorchVersion}) sees {count} CUDA devices. " +
                "Write device: cpu, or build against a CUDA libtorch (see environment.md).");
        return new Device(DeviceType.Cuda, index);
    }

    /// <summary>Whether both are the same device. The index of the host is ignored; <c>default</c> is the host too.</summary>
    public bool Equals(Device other) => Type == other.Type && (IsCpu || Index == other.Index);

    /// <inheritdoc/>
    public override int GetHashCode() => Packed;

    /// <inheritdoc/>
    public override string ToString() => IsCpu ? "cpu" : Index < 0 ? "cuda" : $"cuda:{Index}";

    internal int Packed => (int)Type << 8 | (IsCpu ? 0 : Index + 1);

    internal static Device Unpack(int packed) => new((DeviceType)(packed >> 8), (packed & 0xff) - 1);
}
