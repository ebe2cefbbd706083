using WanLab.Media;

namespace WanLab.Encodings;

/// <summary>A fault of one clip, not of the disk, the cache or the model: a run can leave the clip out.</summary>
internal sealed class BadClipException(WanLabException fault) : WanLabException(fault.Message, fault)
{
    /// <summary>Calls what reads a clip.</summary>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (WanLabException e) when (e is not MediaStoppedException)
        {
            throw new BadClipException(e);
        }
    }
}
