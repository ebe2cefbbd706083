using WanLab.Parity;
using WanLab.Testing;

namespace WanLab.Tests.Parity;

public sealed class ParityTests : TensorTest
{
    [Fact]
    public void Every_golden_output_is_the_official_one()
    {
        var results = ParityRunner.Run(Path.Combine(Repository.Root, "tests/goldens")).ToList();
        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.True(r.Error <= 1e-4, r.ToString()));
    }
}
