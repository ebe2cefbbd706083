using System.Security.Cryptography;
using WanLab.Curator;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks;

/// <summary>The open page of a folder of clips.</summary>
[TypeFormatterSource]
public sealed class LabCuration : IDisposable
{
    private readonly CuratorServer _server;

    private LabCuration(string folder, CuratorServer server) => (Folder, _server) = (folder, server);

    /// <summary>The folder of clips.</summary>
    public string Folder { get; }

    /// <summary>The address of the page, with the token that it needs.</summary>
    public string Address => _server.Address;

    internal static LabCuration Open(string folder) => new(folder, CuratorServer.StartAsync(new CuratorOptions
    {
        Folder = folder,
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        CacheFolder = CacheFolder.Encodings,
        Time = TimeProvider.System,
    }, Interrupt.Token).GetAwaiter().GetResult());

    /// <summary>Ends the page. What was changed on it is on the disk already.</summary>
    public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal IEnumerable<Block> Blocks() =>
    [
        new Heading($"Curation of {Folder}"),
        new LinkBlock("Open the page", Address),
        new Paragraph("Clips are never changed there: edits are notes in curation.json until they are applied to a new folder."),
    ];
}
