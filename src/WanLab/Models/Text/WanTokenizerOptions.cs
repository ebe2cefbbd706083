namespace WanLab.Models.Text;

/// <summary>Settings of <see cref="WanTokenizer"/>.</summary>
public sealed record WanTokenizerOptions
{
    /// <summary>Tokens of a padded prompt, <c>&lt;/s&gt;</c> included. Wan 2.2 uses 512.</summary>
    public int TextLength { get; init; } = 512;
}
