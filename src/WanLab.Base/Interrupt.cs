namespace WanLab;

/// <summary>
/// How a user stops what runs: in a notebook, the interrupt button cancels <see cref="Token"/> of the cell that runs.
/// Everything that takes long looks at it, and so should a cell's own loop.
/// </summary>
public static class Interrupt
{
    private static readonly AsyncLocal<InterruptScope?> Scope = new();

    /// <summary>The token of the work this code belongs to; where nobody can interrupt, one that is never cancelled.</summary>
    public static CancellationToken Token => Scope.Value?.Observe() ?? CancellationToken.None;

    /// <summary>Gives this code, and all that it starts, a token; for hosts such as the notebook kernel.</summary>
    /// <returns>Restores what was before when disposed.</returns>
    public static InterruptScope Use(CancellationToken token)
    {
        var before = Scope.Value;
        return Scope.Value = new InterruptScope(token, () => Scope.Value = before);
    }
}

/// <summary>Work that a user can interrupt.</summary>
public sealed class InterruptScope : IDisposable
{
    private readonly CancellationToken _token;
    private readonly Action _restore;
    private volatile bool _isObserved;

    internal InterruptScope(CancellationToken token, Action restore) => (_token, _restore) = (token, restore);

    /// <summary>Whether the work has asked for its token, and so will stop by itself.</summary>
    public bool IsObserved => _isObserved;

    /// <inheritdoc/>
    public void Dispose() => _restore();

    internal CancellationToken Observe()
    {
        _isObserved = true;
        return _token;
    }
}
