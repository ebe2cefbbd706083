using WanLab.Datasets.Cache;
using WanLab.Models;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Training.Encoding;

/// <summary>Encodes texts once and for all runs. The encoder is opened when the first text is missing and freed before the experts load.</summary>
public sealed class TextCache(ContentStore store, BaseModel model) : IDisposable
{
    private readonly string _identity = model.Identity(ModelPart.TextEncoder) + model.Identity(ModelPart.Tokenizer);
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private PromptEncoder? _encoder;

    /// <summary>Texts encoded by this object.</summary>
    public int Encoded { get; private set; }

    /// <summary>Texts found in the cache.</summary>
    public int FromCache { get; private set; }

    /// <summary>Makes sure that a text is encoded.</summary>
    public void Add(string text)
    {
        if (_files.ContainsKey(text)) return;
        var key = new CacheKey("text").With("text", text).With("encoder", _identity).With("length", (long)model.TextLen);
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

    /// <summary>The encoding of a text that was added, [1, tokens, text width].</summary>
    public Tensor Load(string text) => SafetensorsFile.Open(_files[text]).Read("text");

    /// <summary>Frees the encoder; encodings stay readable.</summary>
    public void Dispose()
    {
        _encoder?.Dispose();
        _encoder = null;
    }

    private void Write(string file, string text)
    {
        using var scope = new TensorScope();
        _encoder ??= new PromptEncoder(model);
        SafetensorsWriter.Write(file, [new("text", _encoder.Embed(text).To(Device.Cpu))]);
    }
}
