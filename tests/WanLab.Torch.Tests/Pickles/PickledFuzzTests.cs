using WanLab.Torch.Pickles;

namespace WanLab.Torch.Tests.Pickles;

public sealed class PickledFuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_changed_file_is_read_or_refused_and_nothing_else(int seed)
    {
        var pickle = new PickleText().Map(
            p => p.Text("a").Tensor("0", "FloatStorage", 6, 0, [3, 2], [1, 3]),
            p => p.Text("b").Tensor("0", "FloatStorage", 6, 3, [3], [1]),
            p => p.Text("c").Map(q => q.Text("n").Number(1L << 40)));
        var sample = PickleText.File(pickle.Bytes, ("0", new byte[24]));
        var (path, read) = (_folder["x.pth"], 0);
        foreach (var (number, bytes) in Mutations.Of(sample, seed, 1000, share: 0.3).Index())
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                using var file = PickledFile.Open(path);
                file.WriteSafetensors(_folder["x.safetensors"]);
                read++;
            }
            catch (WanLabException e)
            {
                Assert.True(e.Message.StartsWith(path, StringComparison.Ordinal), $"copy {number} of seed {seed}: {e.Message}");
            }
        }
        Assert.True(read > 10, $"only {read} copies were read: the changes are too strong to test anything");
    }

    [Fact]
    public void A_changed_program_is_read_or_refused_and_nothing_else()
    {
        var sample = new PickleText().Map(p => p.Text("a").Tensor("0", "FloatStorage", 6, 0, [3, 2], [1, 3])).Bytes;
        foreach (var bytes in Mutations.Of(sample, seed: 3, 20_000, share: 0.4))
        {
            try
            {
                Unpickler.Read(bytes, why => new WanLabException(why));
            }
            catch (WanLabException)
            {
                continue;
            }
        }
    }
}
