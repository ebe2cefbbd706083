using WanLab.Content;
using WanLab.Datasets;
using WanLab.Models;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>
/// The texts of a run as the experts take them: encoded once and for all runs, or, where they are not kept, each time they
/// are used. The encoder is opened when it is first needed.
/// </summary>
/// <param name="store">Where encodings are kept.</param>
/// <param name="model">Whose encoder.</param>
/// <param name="keeps">Whether they are kept.</param>
public sealed class RunTexts(ContentStore store, BaseModel model, bool keeps = true) : IDisposable
{
    private readonly string _identity = model.Identity(ModelPart.TextEncoder) + model.Identity(ModelPart.Tokenizer);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private PromptEncoder? _encoder;

    /// <summary>Texts encoded by this object.</summary>
    public int Encoded { get; private set; }

    /// <summary>Texts found in the cache.</summary>
    public int FromCache { get; private set; }

    /// <summary>Whether the encoder is in memory.</summary>
    public bool IsOpen => _encoder is not null;

    /// <summary>Makes sure that a text is encoded, where encodings are kept.</summary>
    public void Add(string text)
    {
        if (!keeps || _files.ContainsKey(text)) return;
        var key = new CacheKey("text").With("text", text).With("encoder", _identity).With("length", (long)model.TextLen);
        // Up to version 0.1.0 damaged text was repaired before it was encoded; now it is encoded as it is written.
        if (DamagedText.Repaired(text) is not null) key = key.With("damaged", "as written");
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

    /// <summary>Opens the encoder, if it is not.</summary>
    public void Open() => _encoder ??= new PromptEncoder(model);

    /// <summary>The encoding of a text, [1, tokens, text width], on the host; where encodings are kept, of one that was added.</summary>
    public Tensor Load(string text) => keeps ? SafetensorsFile.Open(_files[text]).Read("text") : Encode(text);

    /// <summary>Frees the encoder. Texts that are kept stay readable; one that is not opens the encoder again.</summary>
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
