using WanLab.Testing;

namespace WanLab.Torch.Tests;

public sealed class CudaGraphTests : TensorTest
{
    [Fact]
    public void Work_is_recorded_once_and_replayed_on_new_inputs_or_refused_without_CUDA()
    {
        if (Runtime.CudaCount == 0)
        {
            var refused = Assert.Throws<TorchException>(
                () => CudaGraph.Record(() => throw new InvalidOperationException("nothing may run")));
            Assert.Contains("without CUDA graphs", refused.Message);
            return;
        }
        var device = new Device(DeviceType.Cuda, 0);
        var x = Tensor.Full([4], 1, device: device);
        var y = x * 2; // the library sets itself up
        using var graph = CudaGraph.Record(() => y.CopyInto(x * 3));

        x.CopyInto(Tensor.Full([4], 5));
        graph.Replay();

        Assert.Equal([15, 15, 15, 15], y.ToArray<float>());
    }
}
