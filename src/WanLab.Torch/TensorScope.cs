namespace WanLab.Torch;

/// <summary>
/// Disposes every tensor made while it is the current scope, except those kept. Scopes nest, and they follow the
/// logical flow of the code, so a scope may be held across an await; tensors made by tasks started inside also belong to it.
/// </summary>
/// <example><code>using var scope = new TensorScope(); ... return scope.Keep(result);</code></example>
internal sealed class TensorScope : IDisposable
{
    private static readonly AsyncLocal<TensorScope?> CurrentScope = new();

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private bool _disposed;

    /// <summary>Opens a scope inside the current one.</summary>
    public TensorScope()
    {
        _outer = CurrentScope.Value;
        CurrentScope.Value = this;
    }

    /// <summary>Moves a tensor of this scope to the outer scope (or to the caller if there is none), and returns it.</summary>
    public Tensor Keep(Tensor tensor)
    {
        // A tensor made elsewhere does not belong to this scope; keeping it twice would free it twice.
        lock (_tensors)
        {
            if (tensor.Scope != this) return tensor;
        }
        tensor.Scope = null;
        _outer?.Register(tensor);
        return tensor;
    }

    /// <summary>Takes a tensor out of the scope that holds it: from now on its user disposes it.</summary>
    public static Tensor Detach(Tensor tensor)
    {
        tensor.Scope = null;
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (CurrentScope.Value == this) CurrentScope.Value = _outer;
        lock (_tensors)
        {
            foreach (var tensor in _tensors)
                if (tensor.Scope == this) tensor.Dispose();
            _tensors.Clear();
        }
    }

    internal static void Enter(Tensor tensor) => CurrentScope.Value?.Register(tensor);

    private void Register(Tensor tensor)
    {
        lock (_tensors)
        {
            // The flow that made this scope current may outlive it; then the outer scope takes over.
            if (!_disposed)
            {
                tensor.Scope = this;
                _tensors.Add(tensor);
                return;
            }
        }
        _outer?.Register(tensor);
    }
}
