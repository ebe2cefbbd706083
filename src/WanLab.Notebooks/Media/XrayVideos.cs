using System.Runtime.CompilerServices;
using WanLab.Curation.Xray;

namespace WanLab.Notebooks.Media;

/// <summary>Items as clips to play. They lie in a folder of this process, which goes with it.</summary>
internal static class XrayVideos
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("wanlab-xray-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    private static readonly ConditionalWeakTable<ClipXray, string> Files = [];
    private static int _count;

    /// <summary>The clip of an item; it is written when it is first asked for.</summary>
    /// <exception cref="WanLabException">The original cannot be read.</exception>
    public static Video Of(ClipXray item, CancellationToken cancellation)
    {
        if (!Files.TryGetValue(item, out var file))
        {
            file = Path.Combine(Folder.Value, $"{Interlocked.Increment(ref _count)}.mp4");
            item.Write(file, cancellation);
            Files.AddOrUpdate(item, file);
        }
        return new Video(file, string.Join(", ", item.Badges.Prepend(item.Name)), IsPreview: true);
    }
}
