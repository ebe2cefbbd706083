using WanLab.Models.Text;
using WanLab.Torch;

namespace WanLab.Pretraining;

/// <summary>The captions of all clips as token numbers.</summary>
internal sealed class CaptionSet(PretrainingOptions options)
{
    private readonly TokenizedText[] _texts = Tokenize(options);

    /// <summary>Token numbers [B, T] and mask [B, T] of clips' captions, T the longest; the empty caption where one is dropped.</summary>
    public (Tensor Ids, Tensor Mask) Batch(IReadOnlyList<(int Clip, bool Dropped)> items)
    {
        TokenizedText[] texts = [.. items.Select(item => item.Dropped ? _texts[^1] : _texts[item.Clip])];
        var length = texts.Max(text => text.Length);
        var ids = new long[texts.Length * length];
        var mask = new float[ids.Length];
        for (var k = 0; k < texts.Length; k++)
        {
            texts[k].Ids[..length].CopyTo(ids.AsSpan(k * length));
            mask.AsSpan(k * length, texts[k].Length).Fill(1);
        }
        return (Tensor.From(ids, texts.Length, length), Tensor.From(mask, texts.Length, length));
    }

    // The last one is the empty caption.
    private static TokenizedText[] Tokenize(PretrainingOptions options)
    {
        using var tokenizer = WanTokenizer.Tiny(new WanTokenizerOptions { TextLength = options.Transformer.TextLen });
        var captions = Enumerable.Range(0, options.Clips).Select(clip => PretrainingScenes.Caption(options.Seed, clip));
        return [.. captions.Append("").Select(tokenizer.Tokenize)];
    }
}
