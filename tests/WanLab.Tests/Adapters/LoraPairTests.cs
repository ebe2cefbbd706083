using WanLab.Adapters;
using WanLab.Models;

namespace WanLab.Tests.Adapters;

public sealed class LoraPairTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wanlab-pair-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("orbit_000000250_high_noise", "orbit_000000250_low_noise")]
    [InlineData("high_noise_model", "low_noise_model")]
    [InlineData("Wan22-I2V-HIGH", "Wan22-I2V-LOW")]
    [InlineData("wan2.2_HIGH_rank64", "wan2.2_LOW_rank64")]
    [InlineData("orbitHighNoise", "orbitLowNoise")]
    [InlineData("Orbit_HighRank32", "Orbit_LowRank32")]
    [InlineData("orbitHigh", "orbitLow")]
    [InlineData("orbit_highnoise", "orbit_lownoise")]
    [InlineData("low_light_high_noise", "low_light_low_noise")]
    [InlineData("high_quality_HIGH", "high_quality_LOW")]
    [InlineData("slow_flow_high", "slow_flow_low")]
    [InlineData("orbit_HIGH", "orbit_low")]
    public void Either_file_of_a_pair_finds_the_other(string high, string low)
    {
        var expected = new LoraPair(Make(high), Make(low));
        Make("unrelated_high_noise");
        Assert.Equal(expected, LoraPair.Find(At(high)));
        Assert.Equal(expected, LoraPair.Find(At(low)));
        Assert.Equal(At(high), expected[Expert.High]);
        Assert.Equal(At(low), expected[Expert.Low]);
    }

    [Fact]
    public void A_missing_file_of_a_pair_is_null()
    {
        var high = Make("a_high_noise");
        Assert.Equal(new LoraPair(high, null), LoraPair.Find(high));
        Assert.Equal(new LoraPair(high, null), LoraPair.Find(At("a_low_noise")));
        Assert.Equal(new LoraPair(null, null), LoraPair.Find(At("b_low_noise")));
        Assert.Equal(new LoraPair(null, null), LoraPair.Find(Path.Combine(At("nowhere"), "b_low_noise.safetensors")));
    }

    [Theory]
    [InlineData("orbit")]
    [InlineData("slow_flow")]
    [InlineData("highway_glow")]
    [InlineData("lowering")]
    public void A_name_without_an_expert_has_no_pair(string name) => Assert.Null(LoraPair.Find(Make(name)));

    private string At(string name) => Path.Combine(_folder.FullName, name + ".safetensors");

    private string Make(string name)
    {
        File.WriteAllText(At(name), "");
        return At(name);
    }
}
