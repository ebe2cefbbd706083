using WanLab.Curation.Captioning;

namespace WanLab.Curation.Tests.Captioning;

/// <summary>A folder of clips, which are not decoded, with captions that are written to it.</summary>
internal sealed class CaptionSet : IDisposable
{
    public CaptionSet(params string[] clips)
    {
        foreach (var clip in clips) Folder.Write(clip, "not decoded");
    }

    public TempFolder Folder { get; } = new();

    public CaptionFolder Read() => CaptionFolder.Read(Folder.Path);

    public string Text(string name) => File.ReadAllText(Folder[name]);

    public void Dispose() => Folder.Dispose();
}
