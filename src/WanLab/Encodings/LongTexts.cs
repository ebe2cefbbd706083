using WanLab.Datasets;
using WanLab.Models.Text;

namespace WanLab.Encodings;

/// <summary>Finds texts that the model does not read to their end: what lies beyond its length is cut off.</summary>
internal static class LongTexts
{
    /// <summary>A sentence for each text that is too long: clip or prompt, tokens, limit.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="datasets">The clips.</param>
    /// <param name="prompts">The prompts of previews.</param>
    public static IEnumerable<string> Warnings(WanTokenizer tokenizer, IEnumerable<Dataset> datasets, IEnumerable<string> prompts)
    {
        var limit = tokenizer.TextLength;
        var captions = datasets.SelectMany(dataset => dataset.Clips).DistinctBy(clip => clip.Path)
            .Select(clip => (Owner: $"{Path.GetFileName(clip.Path)}: its caption", Text: clip.Caption));
        var all = captions.Concat(prompts.Distinct().Select(prompt => (Owner: $"the prompt '{Short(prompt)}'", Text: prompt)));
        foreach (var (owner, text) in all)
        {
            // A letter is at most four tokens (its bytes), so most texts need no count.
            if (4L * text.Length + 2 < limit || tokenizer.CountTokens(text) is var tokens && tokens <= limit) continue;
            yield return $"{owner} {Complaint(tokenizer, text, tokens)}";
        }
    }

    /// <summary>The complaint about a text that is too long: its tokens, where the cut is, and what to do.</summary>
    public static string Complaint(WanTokenizer tokenizer, string text, int tokens)
    {
        var (read, lost) = tokenizer.Cut(text);
        return $"has {tokens} tokens, and the model reads {tokenizer.TextLength}: the end is cut off, after '{End(read)}' and before " +
            $"'{Short(lost.Trim())}'. Shorten it.";
    }

    /// <summary>The tokenizer of a model on disk, opened without its weights; null where the model's files are not there.</summary>
    /// <exception cref="WanLabException">The tokenizer's file does not fit.</exception>
    public static WanTokenizer? Tokenizer(ModelOptions options)
    {
        try
        {
            return BaseModel.FromJob(options).OpenTokenizer();
        }
        catch (WanLabException)
        {
            return null; // what is missing is said when the model is checked
        }
    }

    private static string End(string text) => text.Length <= 40 ? text : "..." + text[^40..];

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
