using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>
/// Whether operators on this thread record what backward needs. Both calls return a value whose disposal restores
/// the mode before; dispose it on the same thread, never across an await.
/// </summary>
public static unsafe class GradMode
{
    /// <summary>Records nothing until disposed.</summary>
    public static Restore Off() => new(false);

    /// <summary>Records until disposed.</summary>
    public static Restore On() => new(true);

    /// <summary>Restores the grad mode it replaced.</summary>
    public readonly ref struct Restore
    {
        private readonly bool _before;

        internal Restore(bool enabled)
        {
            int before;
            Native.Check(Native.wl_grad_mode(enabled ? 1 : 0, &before));
            _before = before != 0;
        }

        /// <summary>Sets the mode that was in force before.</summary>
        public void Dispose()
        {
            int ignored;
            Native.Check(Native.wl_grad_mode(_before ? 1 : 0, &ignored));
        }
    }
}
