using WanLab.Models.Text;
using WanLab.Models.Umt5;

namespace WanLab.Models;

/// <summary>
/// A model's tokenizer and text encoder together: from a prompt to the input of the experts. Free it before the experts are opened.
/// </summary>
internal sealed class PromptEncoder : IDisposable
{
    private readonly WanTokenizer _tokenizer;
    private readonly Umt5Encoder _encoder;

    /// <summary>Opens the model's tokenizer and text encoder.</summary>
    /// <exception cref="WanLabException">Their files do not fit.</exception>
    public PromptEncoder(BaseModel model)
    {
        _tokenizer = model.OpenTokenizer();
        try
        {
            _encoder = model.OpenTextEncoder();
        }
        catch
        {
            _tokenizer.Dispose();
            throw;
        }
    }

    /// <summary>Embeds a prompt.</summary>
    /// <returns>[1, T, text width], where T is the number of real tokens: at least one, at most the model's text length.</returns>
    public Tensor Embed(string prompt)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var text = _tokenizer.Tokenize(prompt);
        return scope.Keep(_encoder.EncodeText(text.Ids, text.Length).Unsqueeze(0));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _tokenizer.Dispose();
    }
}
