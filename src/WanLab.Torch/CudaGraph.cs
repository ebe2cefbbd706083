using WanLab.Torch.Interop;

namespace WanLab.Torch;

/// <summary>
/// Work on a CUDA device that was recorded once and is replayed as a whole, so that many small kernels cost the host
/// one call. It reads and writes the tensors that it was recorded with, so write into its inputs before a replay.
/// Source: CUDA Programming Guide, CUDA Graphs.
/// </summary>
internal sealed unsafe class CudaGraph : IDisposable
{
    private nint _graph;

    private CudaGraph(nint graph) => _graph = graph;

    /// <summary>
    /// Records the work that <paramref name="body"/> starts on the calling thread; none of it runs before <see cref="Replay"/>.
    /// </summary>
    /// <param name="body">Work that uses only CUDA tensors and copies nothing to or from the host. Run it once before recording, for
    /// everything that is created on first use.</param>
    /// <exception cref="TorchException">This libtorch has no CUDA, or the work cannot be recorded.</exception>
    public static CudaGraph Record(Action body)
    {
        nint graph;
        Native.Check(Native.wl_graph_begin(&graph));
        var recorded = new CudaGraph(graph);
        try
        {
            body();
        }
        catch
        {
            _ = Native.wl_graph_end(graph); // the body's error is the one to report
            recorded.Dispose();
            throw;
        }
        var status = Native.wl_graph_end(graph);
        if (status != 0) _ = Native.wl_graph_free(Interlocked.Exchange(ref recorded._graph, 0));
        Native.Check(status);
        return recorded;
    }

    /// <summary>Runs the recorded work.</summary>
    public void Replay()
    {
        ObjectDisposedException.ThrowIf(_graph == 0, this);
        Native.Check(Native.wl_graph_replay(_graph));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_graph == 0) return;
        Native.Check(Native.wl_graph_free(_graph));
        _graph = 0;
    }
}
