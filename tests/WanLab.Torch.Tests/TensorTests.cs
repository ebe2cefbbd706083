using WanLab.Testing;

namespace WanLab.Torch.Tests;

public sealed class TensorTests : TensorTest
{
    [Fact]
    public void Arithmetic_follows_torch()
    {
        var a = Tensor.From([1f, 2, 3, 4], 2, 2);
        var b = Tensor.From([10f, 20], 2);

        Assert.Equal([22f, 44, 26, 48], ((a + b) * 2).ToArray<float>());
        Assert.Equal([7f, 10, 15, 22], a.MatMul(a).ToArray<float>());
        Assert.Equal(10, a.Sum().Item());
        Assert.Equal([3f, 7], a.Sum([1]).ToArray<float>());
    }

    [Fact]
    public void An_operator_called_for_what_it_does_not_return_is_refused()
    {
        var a = Tensor.From([1f, 2], 2);
        Assert.Contains("aten::equal does not return a tensor",
            Assert.Throws<TorchException>(() => Op.Find("aten::equal").Call(a, a)).Message);
        Assert.Contains("aten::equal does not return only tensors",
            Assert.Throws<TorchException>(() => Op.Find("aten::equal").CallMany(a, a)).Message);
        Assert.Contains("aten::neg does not return a number",
            Assert.Throws<TorchException>(() => Op.Find("aten::neg").CallNumber(a)).Message);
    }

    [Fact]
    public void Memory_that_the_host_lacks_is_told_apart() =>
        Assert.Contains("can't allocate", Assert.Throws<TorchOutOfMemoryException>(() => Tensor.Empty([1L << 50])).Message);

    [Theory]
    [InlineData("gpu", "is not a device")]
    [InlineData("cuda:99", "There is no device 'cuda:99'")]
    public void A_device_that_is_not_there_is_a_user_error(string device, string message) =>
        Assert.Contains(message, Assert.Throws<WanLabException>(() => Device.Parse(device)).Message);

    [Fact]
    public void Backward_accumulates_into_the_memory_it_was_given()
    {
        var x = Tensor.From([1f, 2, 3], 3);
        var grad = Tensor.Zeros([3]);
        x.RequiresGrad = true;
        x.SetGrad(grad);

        for (var k = 0; k < 2; k++)
        {
            using var scope = new TensorScope();
            (x * x).Sum().Backward();
        }

        Assert.Equal([4f, 8, 12], grad.ToArray<float>());
    }

    [Fact]
    public void Grad_mode_off_records_nothing_and_comes_back()
    {
        var x = Tensor.From([1f], 1);
        x.RequiresGrad = true;

        using (GradMode.Off()) Assert.False((x * 2).RequiresGrad);
        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void Use_after_disposal_is_refused()
    {
        var x = Tensor.Zeros([2]);
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x + 1);
    }

    [Fact]
    public void Native_errors_arrive_as_exceptions_with_torch_s_words()
    {
        var e = Assert.Throws<TorchException>(() => Tensor.Zeros([2, 3]).MatMul(Tensor.Zeros([2, 3])));
        Assert.Contains("shapes cannot be multiplied", e.Message);
    }

    [Fact]
    public void Arguments_are_checked_before_the_call()
    {
        var op = Op.Find("aten::narrow");
        Assert.Contains("is missing", Assert.Throws<TorchException>(() => op.Call(Tensor.Zeros([2]))).Message);
        Assert.Contains("must be a", Assert.Throws<TorchException>(() => op.Call(1, 0, 0, 1)).Message);
        Assert.Contains("takes 4 arguments", Assert.Throws<TorchException>(() => op.Call(Tensor.Zeros([2]), 0, 0, 1, 1)).Message);
        Assert.Contains("has no operator", Assert.Throws<TorchException>(() => Op.Find("aten::no_such_thing")).Message);
    }

    [Fact]
    public async Task A_scope_holds_across_await_and_hands_on_what_is_kept()
    {
        var before = Runtime.LiveTensors;
        Tensor kept;
        using (new TensorScope())
        {
            using (var inner = new TensorScope())
            {
                var a = Tensor.Zeros([1]);
                await Task.Run(() => _ = Tensor.Zeros([4]));
                var b = a + 1;
                kept = inner.Keep(b);
            }
            Assert.Equal(before + 1, Runtime.LiveTensors);
            Assert.Equal(1, kept.Item());
        }
        Assert.Equal(before, Runtime.LiveTensors);
    }

    [Fact]
    public void Handles_survive_a_collection_during_calls()
    {
        var x = Tensor.Full([64], 1);
        for (var k = 0; k < 200; k++)
        {
            using var scope = new TensorScope();
            _ = (x + k) * 2;
            if (k % 20 == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        Assert.Equal(64, x.Sum().Item());
    }

    [Fact]
    public void The_same_seed_draws_the_same_numbers()
    {
        using var g1 = new Generator(7);
        using var g2 = new Generator(7);
        Assert.Equal(Tensor.Randn([5], g1).ToArray<float>(), Tensor.Randn([5], g2).ToArray<float>());
    }

    [Fact]
    public void Chunk_and_cat_are_inverse()
    {
        var x = Tensor.Arange(0, 12).View(3, 4);
        Assert.True(Tensor.Cat(x.Chunk(2, 1), 1).EqualTo(x));
    }

    [Fact]
    public void Expect_names_the_tensor()
    {
        var e = Assert.Throws<TorchException>(() => Tensor.Zeros([2, 3]).Expect("latent", 16, -1));
        Assert.Equal("latent has shape [2, 3], expected [16, any].", e.Message);
    }

    [Fact]
    public void Moving_to_where_it_is_does_not_copy()
    {
        var x = Tensor.Zeros([2]);
        x.To(default(Device)).AddInto(Tensor.Full([2], 1));
        x.To(Device.Cpu, DType.Float32).AddInto(Tensor.Full([2], 1));
        Assert.Equal([2f, 2], x.ToArray<float>());
        Assert.Equal(Device.Cpu, x.Device);
    }
}
