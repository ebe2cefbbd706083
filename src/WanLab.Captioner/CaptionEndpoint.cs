namespace WanLab.Captioner;

/// <summary>The address of a server with OpenAI's interface.</summary>
/// <param name="Address">The address, which ends before /chat/completions.</param>
internal sealed record CaptionEndpoint(Uri Address)
{
    private const string Completions = "/chat/completions";

    /// <summary>Whether the server is this machine.</summary>
    public bool IsLocal => Address.IsLoopback;

    /// <summary>Whether what is sent is encrypted.</summary>
    public bool IsEncrypted => Address.Scheme == Uri.UriSchemeHttps;

    /// <summary>Reads an address; one without a path gets /v1, as all known servers have it.</summary>
    /// <exception cref="WanLabException">It is no address, or holds a key.</exception>
    public static CaptionEndpoint Parse(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new WanLabException("--endpoint: is no address of a server; write one such as http://localhost:11434/v1.");
        if (address.UserInfo != "" || address.Query != "" || address.Fragment != "")
            throw new WanLabException($"--endpoint: takes no name, key or query in the address; a key is read from {CaptionKey.Own}.");
        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Completions, StringComparison.Ordinal)) path = path[..^Completions.Length];
        return new CaptionEndpoint(new UriBuilder(address) { Path = path == "" ? "/v1" : path }.Uri);
    }

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
