namespace WanLab;

/// <summary>
/// How a user stops what runs: in a notebook, the interrupt button cancels <see cref="Token"/> of the cell that runs.
/// Everything that takes long looks at it, and so should a cell's own loop.
/// </summary>
public static class Interrupt
{
    private static readonly AsyncLocal<CancellationToken> s_token = new();

    /// <summary>The token of the work this code belongs to; where nobody can interrupt, one that is never cancelled.</summary>
    public static CancellationToken Token => s_token.Value;

    /// <summary>Gives this code, and all that it starts, a token; for hosts such as the notebook kernel.</summary>
    /// <returns>Restores what was before when disposed.</returns>
    public static IDisposable Use(CancellationToken token)
    {
        var before = s_token.Value;
        s_token.Value = token;
        return new Restoring(before);
    }

    private sealed class Restoring(CancellationToken before) : IDisposable
    {
        public void Dispose() => s_token.Value = before;
    }
}
