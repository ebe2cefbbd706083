namespace WanLab.Models.Tiny;

/// <summary>
/// The embedded tiny model: Wan 2.2's architecture, both experts, VAE and text encoder included, at a width that trains on
/// a CPU in a fraction of a second per step. `wanlab tiny pretrain` made its weights; they are stored next to the program as a
/// diffusers folder, and are opened like any other model's.
/// </summary>
internal static class TinyModel
{
    /// <summary>The tiny model's name.</summary>
    public const string Name = "wan-tiny";

    /// <summary>The folder of the tiny model's files.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(typeof(TinyModel).Assembly.Location)!, Name);
}
