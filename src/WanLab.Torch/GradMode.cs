using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>
/// Controls whether operators on this thread record what backward needs. Returns a value whose disposal restores
/// the previous mode; dispose it on the same thread, never across an await.
/// </summary>
internal static unsafe class GradMode
{
    /// <summary>Turns recording off until disposed.</summary>
    public static Restore Off() => new(false);

    /// <summary>Restores the previous grad mode when disposed.</summary>
    public readonly ref struct Restore
    {
        private readonly bool _before;

        internal Restore(bool enabled)
        {
            int before;
            Native.Check(Native.wl_grad_mode(enabled ? 1 : 0, &before));
            _before = before != 0;
        }

        /// <summary>Restores the previous grad mode.</summary>
        public void Dispose()
        {
            int ignored;
            Native.Check(Native.wl_grad_mode(_before ? 1 : 0, &ignored));
        }
    }
}
