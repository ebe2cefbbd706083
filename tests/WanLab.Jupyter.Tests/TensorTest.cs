using WanLab.Torch;

namespace WanLab.Jupyter.Tests;

/// <summary>Base of tests that use tensors: each runs in a scope and fails if a tensor outlives it.</summary>
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
