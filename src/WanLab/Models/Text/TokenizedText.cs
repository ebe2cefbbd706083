namespace WanLab.Models.Text;

/// <summary>A prompt in the form that the text encoder takes.</summary>
/// <param name="Ids">Token ids, padded on the right with the pad id to the tokenizer's text length.</param>
/// <param name="Length">Number of real tokens, the closing <c>&lt;/s&gt;</c> included: at least 1. The rest is padding.</param>
internal sealed record TokenizedText(long[] Ids, int Length)
{
    /// <summary>The real tokens, without the padding.</summary>
    public ReadOnlySpan<long> Real => Ids.AsSpan(0, Length);
}
