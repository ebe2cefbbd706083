namespace WanLab.Captioner;

/// <summary>The key for a server. It comes from the environment, is sent, and is kept out of every message and file.</summary>
internal sealed class CaptionKey
{
    /// <summary>The variable that is read first.</summary>
    public const string Own = "WANLAB_CAPTION_KEY";

    /// <summary>The variable that many programs read.</summary>
    public const string Common = "OPENAI_API_KEY";

    private const string Hidden = "(key)";

    private readonly string? _key;

    private CaptionKey(string? key) => _key = string.IsNullOrWhiteSpace(key) ? null : key.Trim();

    /// <summary>Whether there is one.</summary>
    public bool IsSet => _key is not null;

    /// <summary>
    /// Reads the key for a server. The common variable was set for another one, so it is sent over encrypted connections only, and not to
    /// this machine.
    /// </summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <param name="endpoint">The server.</param>
    public static CaptionKey Read(Func<string, string?> variable, CaptionEndpoint endpoint)
    {
        var own = new CaptionKey(variable(Own));
        return own.IsSet || !endpoint.IsEncrypted || endpoint.IsLocal ? own : new CaptionKey(variable(Common));
    }

    /// <summary>The key as it is sent; servers without keys take any.</summary>
    public string ToSend() => _key ?? "none";

    /// <summary>A text of a server without the key, should it repeat it.</summary>
    public string HiddenIn(string text) => _key is null ? text : text.Replace(_key, Hidden, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Hidden : "(no key)";
}
