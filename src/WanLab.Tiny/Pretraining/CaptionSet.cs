using WanLab.Models.Text;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>The captions of all clips as token numbers.</summary>
internal sealed class CaptionSet
{
    private readonly TokenizedText[] _texts;
    private readonly int _length;

    public CaptionSet(PretrainingOptions options)
    {
        _texts = Tokenize(options);
        _length = _texts.Max(text => text.Length);
    }

    /// <summary>
    /// Token numbers [B, T] and mask [B, T] of clips' captions, where T is the length of the longest caption; a dropped caption is
    /// replaced by the empty one.
    /// </summary>
    public (Tensor Ids, Tensor Mask) Batch(IReadOnlyList<(int Clip, bool Dropped)> items)
    {
        TokenizedText[] texts = [.. items.Select(item => item.Dropped ? _texts[^1] : _texts[item.Clip])];
        var ids = new long[texts.Length * _length];
        var mask = new float[ids.Length];
        for (var k = 0; k < texts.Length; k++)
        {
            texts[k].Ids[.._length].CopyTo(ids.AsSpan(k * _length));
            mask.AsSpan(k * _length, texts[k].Length).Fill(1);
        }
        return (Tensor.From(ids, texts.Length, _length), Tensor.From(mask, texts.Length, _length));
    }

    // The last caption is the empty one.
    private static TokenizedText[] Tokenize(PretrainingOptions options)
    {
        using var tokenizer = WanTokenizer.Tiny(options.Transformer.TextLen);
        var captions = Enumerable.Range(0, options.Clips).Select(clip => PretrainingScenes.Caption(options.Seed, clip));
        return [.. captions.Append("").Select(tokenizer.Tokenize)];
    }
}
