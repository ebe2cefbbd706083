using WanLab.Datasets;

namespace WanLab.Encodings;

/// <summary>A fault of one clip, not of the disk, the cache or the model: a run can leave the clip out.</summary>
internal sealed class BadClipException(Clip clip, WanLabException fault) : WanLabException(fault.Message, fault)
{
    /// <summary>The clip's file.</summary>
    public string File { get; } = clip.Path;

    /// <summary>Calls what reads the clip.</summary>
    public static T Guard<T>(Clip clip, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (WanLabException e)
        {
            throw new BadClipException(clip, e);
        }
    }
}
