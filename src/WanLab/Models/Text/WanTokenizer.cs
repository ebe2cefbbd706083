using System.Reflection;

namespace WanLab.Models.Text;

/// <summary>
/// The tokenizer of Wan's UMT5 text encoder: cleans a prompt, encodes it, closes it with <c>&lt;/s&gt;</c>, cuts it to
/// <see cref="TextLength"/> tokens (the <c>&lt;/s&gt;</c> stays) and pads it on the right.
/// Safe for use by many threads.
/// </summary>
/// <remarks>
/// Special pieces spelled out in a prompt (<c>&lt;/s&gt;</c>, <c>&lt;extra_id_0&gt;</c>) are plain text here; the
/// Hugging Face tokenizer would read them as the pieces.
/// Source: Wan 2.2, <c>wan/modules/tokenizers.py</c>.
/// </remarks>
internal sealed class WanTokenizer : IDisposable
{
    private const int WanLength = 512;
    private const string FileName = "spiece.model";
    private const string TinyResource = "WanLab.Models.Tiny.spiece.model";

    private WanTokenizer(SentencePieceModel model, string source, int textLength)
    {
        Model = model;
        TextLength = textLength;
        if (textLength >= 1 && model.PadId >= 0 && model.EosId >= 0) return;
        model.Dispose();
        throw new WanLabException(textLength < 1
            ? $"The tokenizer's TextLength is {textLength}; it must be at least 1, and Wan 2.2 uses {WanLength}."
            : $"The SentencePiece model {source} has no {(model.PadId < 0 ? "<pad>" : "</s>")} piece, so it is not UMT5's. " +
                "Use spiece.model of google/umt5-xxl.");
    }

    /// <summary>The vocabulary of the tokenizer.</summary>
    public SentencePieceModel Model { get; }

    /// <summary>Number of tokens of a padded prompt, including <c>&lt;/s&gt;</c>. Wan 2.2 uses 512.</summary>
    public int TextLength { get; }

    /// <summary>
    /// Loads a tokenizer folder (of google/umt5-xxl, or <c>tokenizer/</c> of a diffusers model) or a <c>spiece.model</c> file.
    /// </summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="textLength">The <see cref="TextLength"/>.</param>
    /// <exception cref="WanLabException">There is no usable <c>spiece.model</c>, or the text length is not positive.</exception>
    public static WanTokenizer Load(string path, int textLength = WanLength)
    {
        var file = Directory.Exists(path) ? FileIn(path) : path;
        if (!File.Exists(file))
            throw new WanLabException(
                $"The tokenizer '{path}' does not exist. Give a tokenizer folder that holds {FileName}, or that file itself.");
        if (Path.GetExtension(file) == ".json") throw NeedsModel(file);
        return new(SentencePieceModel.Load(file), $"'{file}'", textLength);
    }

    /// <summary>Loads the bytes of a <c>spiece.model</c>, such as the tensor <c>spiece_model</c> of a ComfyUI text-encoder file.</summary>
    /// <param name="model">The bytes; copied.</param>
    /// <param name="source">Origin of the bytes, for error messages.</param>
    /// <param name="textLength">The <see cref="TextLength"/>.</param>
    /// <exception cref="WanLabException">The bytes are not a UMT5 vocabulary, or the text length is not positive.</exception>
    public static WanTokenizer FromBytes(byte[] model, string source, int textLength = WanLength) =>
        new(SentencePieceModel.Load(model, source), source, textLength);

    /// <summary>The 768-piece vocabulary of the embedded tiny model.</summary>
    /// <param name="textLength">The <see cref="TextLength"/>.</param>
    public static WanTokenizer Tiny(int textLength = WanLength)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(TinyResource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return FromBytes(bytes, "the tiny model's vocabulary", textLength);
    }

    /// <summary>Cleans and encodes a prompt. An empty prompt becomes the single token <c>&lt;/s&gt;</c>.</summary>
    public TokenizedText Tokenize(string prompt)
    {
        var tokens = Model.Encode(PromptCleaner.Clean(prompt));
        var kept = Math.Min(tokens.Length, TextLength - 1);
        var ids = new long[TextLength];
        for (var i = 0; i < kept; i++) ids[i] = tokens[i];
        ids[kept] = Model.EosId;
        ids.AsSpan(kept + 1).Fill(Model.PadId);
        return new(ids, kept + 1);
    }

    /// <summary>
    /// Number of tokens that a prompt needs, including <c>&lt;/s&gt;</c>. If it is more than <see cref="TextLength"/>,
    /// <see cref="Tokenize"/> cuts off the prompt's end.
    /// </summary>
    public int CountTokens(string prompt) => Model.Encode(PromptCleaner.Clean(prompt)).Length + 1;

    /// <summary>
    /// The part of a prompt that the model reads, and the part beyond its length, which is cut off; empty if nothing is. Both are the text
    /// as it is after cleaning.
    /// </summary>
    public (string Read, string Lost) Cut(string prompt)
    {
        var tokens = Model.Encode(PromptCleaner.Clean(prompt));
        var kept = Math.Min(tokens.Length, TextLength - 1);
        return (Model.Decode(tokens.AsSpan(0, kept)), Model.Decode(tokens.AsSpan(kept)));
    }

    /// <summary>The text of some ids; padding and <c>&lt;/s&gt;</c> give no text.</summary>
    /// <exception cref="WanLabException">An id lies outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<long> ids)
    {
        var narrow = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++) narrow[i] = checked((int)ids[i]);
        return Model.Decode(narrow);
    }

    /// <summary>Frees the vocabulary.</summary>
    public void Dispose() => Model.Dispose();

    private static string FileIn(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file)) return file;
        var json = Path.Combine(folder, "tokenizer.json");
        throw File.Exists(json)
            ? NeedsModel(json)
            : new WanLabException($"The tokenizer folder '{folder}' has no {FileName}. Get that file from google/umt5-xxl, " +
                "or from tokenizer/ of a Wan 2.2 diffusers model.");
    }

    private static WanLabException NeedsModel(string json) => new(
        $"'{json}' is a converted vocabulary, which WanLab does not read; it needs the SentencePiece model. " +
            $"Put {FileName} of google/umt5-xxl (or of tokenizer/ of a Wan 2.2 diffusers model) next to it.");
}
