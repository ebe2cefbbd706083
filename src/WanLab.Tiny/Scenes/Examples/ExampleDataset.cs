using System.Globalization;
using WanLab.Media;

namespace WanLab.Tiny.Scenes.Examples;

/// <summary>One clip of an example data set.</summary>
/// <param name="Scene">What it shows.</param>
/// <param name="Frames">Its length at <see cref="ExampleDataset.Fps"/>.</param>
/// <param name="Caption">Its caption.</param>
public sealed record ExampleClip(SceneDescription Scene, int Frames, string Caption);

/// <summary>A start image for previews with the prompt that goes with it; no clip shows the scene.</summary>
/// <param name="Scene">What the image shows, and how it goes on.</param>
/// <param name="Prompt">The prompt, in the words of the captions.</param>
public sealed record HeldOutImage(SceneDescription Scene, string Prompt);

/// <summary>An example data set: clips with captions to train on, and images to look at what was learned.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Clips">What to train on.</param>
/// <param name="HeldOut">What to sample from.</param>
public sealed record ExampleDataset(string Name, IReadOnlyList<ExampleClip> Clips, IReadOnlyList<HeldOutImage> HeldOut)
{
    /// <summary>Side of the square clips and images in pixels.</summary>
    public const int Side = 128;

    /// <summary>Frames a second of the clips.</summary>
    public const int Fps = 16;

    /// <summary>
    /// Writes <c>clips/NN_colour_subject.mp4</c> with captions beside them and <c>images/held_out_N.png</c>.
    /// Files of the same names are replaced; the same ffmpeg writes the same bytes each time.
    /// </summary>
    /// <param name="folder">The data set's folder; made when missing.</param>
    /// <exception cref="WanLabException">A file can not be written, or ffmpeg is not installed.</exception>
    public void Render(string folder)
    {
        for (var i = 0; i < Clips.Count; i++) RenderClip(folder, i);
        for (var i = 0; i < HeldOut.Count; i++) RenderImage(folder, i);
    }

    /// <summary>Where in the data set's folder a held-out image lies.</summary>
    public static string ImagePath(string folder, int index) => Path.Combine(folder, "images", $"held_out_{index + 1}.png");

    /// <summary>Where in the data set's folder a clip lies, without the ending.</summary>
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

    private void RenderImage(string folder, int index) =>
        PngWriter.Write(ImagePath(folder, index), SceneRenderer.Render(HeldOut[index].Scene, Side, Side, 1), Side, Side);
}
