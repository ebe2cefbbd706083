using WanLab.Content;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>
/// The texts of a run in the form that the experts take: encoded once for all runs, or, where encodings are not kept, on each
/// use. The encoder is opened when it is first needed.
/// </summary>
/// <param name="store">Store of the encodings.</param>
/// <param name="model">Model that has the text encoder.</param>
/// <param name="keeps">Whether encodings are kept.</param>
internal sealed class RunTexts(ContentStore store, BaseModel model, bool keeps = true) : IDisposable
{
    private readonly string _identity = model.Identity(ModelPart.TextEncoder) + model.Identity(ModelPart.Tokenizer);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private PromptEncoder? _encoder;

    /// <summary>Number of texts that this object encoded.</summary>
    public int Encoded { get; private set; }

    /// <summary>Number of texts found in the cache.</summary>
    public int FromCache { get; private set; }

    /// <summary>Whether the encoder is in memory.</summary>
    public bool IsOpen => _encoder is not null;

    /// <summary>Makes sure that a text is encoded, if encodings are kept.</summary>
    public void Add(string text)
    {
        if (!keeps || _files.ContainsKey(text)) return;
        var key = new CacheKey("text").With("text", text).With("encoder", _identity).With("length", (long)model.TextLen);
        // Version 0.1.0 repaired some texts beyond ASCII before it encoded them; now each is encoded as it is written.
        if (!System.Text.Ascii.IsValid(text)) key = key.With("damaged", "as written");
        if (store.TryGet(key, out var path))
        {
            FromCache++;
        }
        else
        {
            path = store.PutFile(key, file => Write(file, text));
            Encoded++;
        }
        _files[text] = path;
    }

    /// <summary>Opens the encoder, unless it is already open.</summary>
    public void Open() => _encoder ??= new PromptEncoder(model);

    /// <summary>
    /// The encoding of a text, [1, tokens, text width], on the host. Where encodings are kept, the text must have been added.
    /// </summary>
    public Tensor Load(string text)
    {
        if (!keeps) return Encode(text);
        try
        {
            return Read(_files[text]);
        }
        catch (Exception e) when (e is WanLabException or IOException && !File.Exists(_files[text]))
        {
            // The cache was cleaned while the run uses it. The encoder leaves again at once: the device has no room to spare.
            _files.Remove(text);
            var wasOpen = _encoder is not null;
            Add(text);
            if (!wasOpen) Unload();
            return Read(_files[text]);
        }
    }

    private static Tensor Read(string file) => SafetensorsFile.Open(file).Read("text");

    /// <summary>Frees the encoder. Texts that are kept can still be read; a text that is not kept opens the encoder again.</summary>
    public void Unload()
    {
        _encoder?.Dispose();
        _encoder = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Unload();

    private void Write(string file, string text)
    {
        using var scope = new TensorScope();
        SafetensorsWriter.Write(file, [new("text", Encode(text))]);
    }

    private Tensor Encode(string text)
    {
        Open();
        return _encoder!.Embed(text).To(Device.Cpu);
    }
}
