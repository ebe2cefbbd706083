namespace WanLab;

/// <summary>
/// Lets a user stop running work: in a notebook, the interrupt button cancels the <see cref="Token"/> of the running cell.
/// All long operations check it, and so should a loop in a cell.
/// </summary>
public static class Interrupt
{
    private static readonly AsyncLocal<InterruptScope?> Scope = new();

    /// <summary>The token of the work that this code belongs to; a token that is never cancelled where nobody can interrupt.</summary>
    public static CancellationToken Token => Scope.Value?.Observe() ?? CancellationToken.None;

    /// <summary>Gives a token to this code and to all that it starts; for hosts such as the notebook kernel.</summary>
    /// <returns>A scope that restores the previous token when disposed.</returns>
    internal static InterruptScope Use(CancellationToken token)
    {
        var before = Scope.Value;
        return Scope.Value = new InterruptScope(token, () => Scope.Value = before);
    }
}

/// <summary>The scope of work that a user can interrupt.</summary>
internal sealed class InterruptScope : IDisposable
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
