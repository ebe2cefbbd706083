namespace WanLab.Curator;

/// <summary>The settings of the server.</summary>
internal sealed record CuratorOptions
{
    /// <summary>The folder of clips.</summary>
    public required string Folder { get; init; }

    /// <summary>The port on this machine; 0 takes any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The secret without which nothing is answered.</summary>
    public required string Token { get; init; }

    /// <summary>Folder where examinations, strips and previews are kept.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
