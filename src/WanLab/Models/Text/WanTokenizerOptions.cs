namespace WanLab.Models.Text;

/// <summary>Settings of <see cref="WanTokenizer"/>.</summary>
internal sealed record WanTokenizerOptions
{
    /// <summary>Number of tokens of a padded prompt, including <c>&lt;/s&gt;</c>. Wan 2.2 uses 512.</summary>
    public int TextLength { get; init; } = 512;
}
