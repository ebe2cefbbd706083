using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Testing;

namespace WanLab.Tests.Models.Vae;

public sealed class WanVaeConfigTests
{
    [Fact]
    public void The_released_model_has_these_tensors()
    {
        var file = Path.Combine(Repository.Root, "tests", "WanLab.Tests", "Models", "Vae", "wan21-vae-shapes.txt");
        var shapes = new WanVaeConfig().Shapes();
        Assert.Equal(File.ReadAllLines(file), shapes.Select(shape => $"{shape.Name} {string.Join(' ', shape.Shape)}"));
        Assert.Equal(126_892_531, shapes.Sum(shape => shape.Shape.Aggregate(1L, (a, b) => a * b)));
    }

    [Fact]
    public void Factors_follow_from_the_lists()
    {
        Assert.Equal((8, 4), (new WanVaeConfig().SpatialFactor, new WanVaeConfig().TemporalFactor));
        var small = new WanVaeConfig { DimMult = [1, 2, 2], TemporalDownsample = [true, false] };
        Assert.Equal((4, 2), (small.SpatialFactor, small.TemporalFactor));
    }

    [Fact]
    public void The_configuration_is_read_from_the_diffusers_file()
    {
        var config = Read("""
            {"_class_name": "AutoencoderKLWan", "base_dim": 8, "z_dim": 2, "dim_mult": [1, 3], "num_res_blocks": 1,
             "temperal_downsample": [true], "latents_mean": [0.5, -1], "latents_std": [2, 3.5], "attn_scales": [], "dropout": 0.0}
            """);
        Assert.Equal((8, 2, 1), (config.Dim, config.ZDim, config.NumResBlocks));
        Assert.Equal([1, 3], config.DimMult);
        Assert.Equal([true], config.TemporalDownsample);
        Assert.Equal([0.5, -1], config.LatentsMean);
        Assert.Equal([2, 3.5], config.LatentsStd);
        Assert.Equal(new WanVaeConfig().LatentsStd, Read("{}").LatentsStd);
    }

    [Theory]
    [InlineData("{", "not a readable")]
    [InlineData("""{"base_dim": "wide"}""", "not a readable")]
    [InlineData("""{"is_residual": true, "base_dim": 160}""", "TI2V-5B")]
    [InlineData("""{"patch_size": 2}""", "TI2V-5B")]
    [InlineData("""{"z_dim": 4}""", "latents_mean")]
    [InlineData("""{"dim_mult": [1, 2]}""", "temperal_downsample")]
    [InlineData("""{"num_res_blocks": 0}""", "positive")]
    public void A_configuration_that_does_not_fit_is_refused(string json, string message)
    {
        var error = Assert.Throws<WanLabException>(() => Read(json)).Message;
        Assert.Contains(message, error);
        Assert.Contains("config.json", error);
    }

    private static WanVaeConfig Read(string json)
    {
        var folder = Directory.CreateTempSubdirectory("wanlab");
        try
        {
            var path = Path.Combine(folder.FullName, "config.json");
            File.WriteAllText(path, json);
            return WanVaeConfig.FromJson(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
