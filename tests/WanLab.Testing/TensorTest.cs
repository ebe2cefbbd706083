using WanLab.Torch;

namespace WanLab.Testing;

/// <summary>
/// Base of tests that use tensors: each test runs in a scope and fails if a tensor outlives it. Live tensors are counted
/// per process, so an assembly with such tests must not run them in parallel (see its Parallelism.cs).
/// </summary>
public abstract class TensorTest : IDisposable
{
    private readonly long _before = Runtime.LiveTensors;
    private readonly TensorScope _scope = new();

    protected TensorTest() => Runtime.Threads = 1;

    public void Dispose()
    {
        _scope.Dispose();
        Assert.Equal(_before, Runtime.LiveTensors);
        GC.SuppressFinalize(this);
    }
}
