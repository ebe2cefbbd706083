using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>A seeded source of random numbers on the host: the same seed gives the same numbers on every device.</summary>
internal sealed unsafe class Generator : IDisposable
{
    /// <summary>Creates a generator from a seed.</summary>
    public Generator(ulong seed)
    {
        nint value;
        Native.Check(Native.wl_generator_new(seed, &value));
        Handle = new GeneratorHandle(value);
    }

    internal GeneratorHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
