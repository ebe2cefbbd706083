using System.Globalization;
using WanLab.Media;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>One clip of an example data set.</summary>
/// <param name="Scene">The scene that the clip shows.</param>
/// <param name="Frames">The clip's length at <see cref="ExampleDataset.Fps"/>.</param>
/// <param name="Caption">The clip's caption.</param>
internal sealed record ExampleClip(SceneDescription Scene, int Frames, string Caption);

/// <summary>A start image for previews with its prompt; no clip shows the scene.</summary>
/// <param name="Scene">The scene that the image shows, and its continuation.</param>
/// <param name="Prompt">The prompt, in the words of the captions.</param>
internal sealed record HeldOutImage(SceneDescription Scene, string Prompt);

/// <summary>An example data set: clips with captions to train on, and images for checking what was learned.</summary>
/// <param name="Name">Name of the data set's folder.</param>
/// <param name="Clips">The clips to train on.</param>
/// <param name="HeldOut">The images to sample from.</param>
internal sealed record ExampleDataset(string Name, IReadOnlyList<ExampleClip> Clips, IReadOnlyList<HeldOutImage> HeldOut)
{
    /// <summary>Side of the square clips and images in pixels.</summary>
    public const int Side = 128;

    // As long as the previews of the example jobs.
    private const int ReferenceFrames = 17;

    /// <summary>Frames per second of the clips.</summary>
    public const int Fps = 16;

    /// <summary>
    /// Writes <c>clips/NN_colour_subject.mp4</c> with captions next to them, and <c>images/held_out_N.png</c> with
    /// <c>images/held_out_N.mp4</c>, which shows how the scene continues.
    /// Files of the same names are replaced; the same ffmpeg writes the same bytes each time.
    /// </summary>
    /// <param name="folder">The data set's folder; created if missing.</param>
    /// <exception cref="WanLabException">A file cannot be written, or ffmpeg is not installed.</exception>
    public void Render(string folder)
    {
        for (var i = 0; i < Clips.Count; i++) RenderClip(folder, i);
        for (var i = 0; i < HeldOut.Count; i++) RenderImage(folder, i);
    }

    /// <summary>Path of a held-out image in the data set's folder.</summary>
    public static string ImagePath(string folder, int index) => Path.Combine(folder, "images", $"held_out_{index + 1}.png");

    /// <summary>Path of a clip in the data set's folder, without the ending.</summary>
    internal string ClipPath(string folder, int index)
    {
        var scene = Clips[index].Scene;
        var name = scene.Subject == Subject.Frung ? $"{scene.Subject}" : $"{scene.Color}_{scene.Subject}";
        return Path.Combine(folder, "clips", string.Create(CultureInfo.InvariantCulture, $"{index + 1:00}_{name}").ToLowerInvariant());
    }

    /// <summary>Writes one clip and its caption.</summary>
    internal void RenderClip(string folder, int index)
    {
        var clip = Clips[index];
        var path = ClipPath(folder, index);
        Mp4Writer.Write(path + ".mp4", SceneRenderer.Render(clip.Scene, Side, Side, clip.Frames, Fps), Side, Side, Fps, quality: 20);
        File.WriteAllText(path + ".txt", clip.Caption + "\n");
    }

    private void RenderImage(string folder, int index)
    {
        var (scene, image) = (HeldOut[index].Scene, ImagePath(folder, index));
        PngWriter.Write(image, SceneRenderer.Render(scene, Side, Side, 1), Side, Side);
        Mp4Writer.Write(Path.ChangeExtension(image, ".mp4"), SceneRenderer.Render(scene, Side, Side, ReferenceFrames, Fps), Side, Side, Fps,
            quality: 20);
    }
}
