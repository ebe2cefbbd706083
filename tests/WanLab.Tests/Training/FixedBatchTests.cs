using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

/// <summary>One batch with fixed noise and timestep, again and again.</summary>
public sealed class FixedBatchTests : TensorTest
{
    [Fact]
    public void The_loss_on_one_batch_falls_clearly()
    {
        using var batch = new FixedBatch();
        var first = batch.Step();
        var last = first;
        for (var k = 0; k < 60; k++) last = batch.Step();
        Assert.True(last < 0.7 * first, $"{first} -> {last}");
    }

    [Fact]
    public void Memory_is_flat_over_200_steps()
    {
        using var batch = new FixedBatch();
        for (var k = 0; k < 20; k++) batch.Step();
        var (tensors, memory) = (Runtime.LiveTensors, ProcessMemory.ResidentMib);
        for (var k = 0; k < 200; k++)
        {
            batch.Step();
            Assert.Equal(tensors, Runtime.LiveTensors);
        }
        // the managed heap and the allocators breathe by a few MiB; one leaked block of this model a step would be 50
        Assert.InRange(ProcessMemory.ResidentMib - memory, -1000, 24);
    }
}
