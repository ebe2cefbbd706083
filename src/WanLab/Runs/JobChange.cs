namespace WanLab.Runs;

/// <summary>A setting that differs from what a run was started with.</summary>
public sealed record JobChange(string Key, string Before, string Now)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Now} (was {Before})";
}
