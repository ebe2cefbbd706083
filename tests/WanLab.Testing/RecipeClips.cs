using WanLab.Media;
using WanLab.Tiny.Scenes;

namespace WanLab.Testing;

/// <summary>A folder of small real clips with captions, one for each length given, for recipes to look at.</summary>
public sealed class RecipeClips : IDisposable
{
    private readonly TempFolder _folder = new();

    private RecipeClips()
    {
    }

    public string Root => _folder.Path;

    public string Clips => At("clips");

    public string At(string name) => _folder[name];

    /// <summary>Clips of 32x32 pixels at 16 frames a second.</summary>
    public static RecipeClips Of(params int[] frames)
    {
        var folder = new RecipeClips();
        Directory.CreateDirectory(folder.Clips);
        for (var k = 0; k < frames.Length; k++)
        {
            var file = Path.Combine(folder.Clips, $"clip{k:00}.mp4");
            Mp4Writer.Write(file, SceneRenderer.Render(SceneGenerator.Draw(k), 32, 32, frames[k]), 32, 32);
            File.WriteAllText(Path.ChangeExtension(file, ".txt"), $"orbit 360 around the subject, toy {k}");
        }
        return folder;
    }

    /// <summary>The folder without a clip.</summary>
    public static RecipeClips Empty()
    {
        var folder = new RecipeClips();
        Directory.CreateDirectory(folder.Clips);
        return folder;
    }

    public void Dispose() => _folder.Dispose();
}
