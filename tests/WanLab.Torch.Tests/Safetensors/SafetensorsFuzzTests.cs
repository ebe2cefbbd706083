using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Safetensors;

public sealed class SafetensorsFuzzTests : TensorTest, IDisposable
{
    private readonly TempFolder _folder = new();

    void IDisposable.Dispose()
    {
        _folder.Dispose();
        Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_changed_file_is_read_or_refused_and_nothing_else(int seed)
    {
        var path = _folder["x.safetensors"];
        SafetensorsWriter.Write(path, [new("a", Tensor.Zeros([2, 3])), new("b", Tensor.Zeros([4], DType.BFloat16))],
            new Dictionary<string, string> { ["format"] = "pt" });
        var (sample, read) = (File.ReadAllBytes(path), 0);
        foreach (var (number, bytes) in Mutations.Of(sample, seed, 1000, share: 0.5).Index())
        {
            // A new name each time: the file before may still be mapped, and a mapped file must not become shorter.
            var file = _folder[$"{number}.safetensors"];
            File.WriteAllBytes(file, bytes);
            try
            {
                using var scope = new TensorScope();
                var opened = SafetensorsFile.Open(file);
                foreach (var name in opened.Entries.Keys) opened.Read(name).Clone();
                read++;
            }
            catch (WanLabException e)
            {
                Assert.True(e.Message.StartsWith(file, StringComparison.Ordinal), $"copy {number} of seed {seed}: {e.Message}");
            }
            File.Delete(file);
        }
        Assert.True(read > 10, $"only {read} copies were read: the changes are too strong to test anything");
    }
}
