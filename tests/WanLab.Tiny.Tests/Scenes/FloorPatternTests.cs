using System.Numerics;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Tests.Scenes;

public class FloorPatternTests
{
    [Theory]
    [InlineData(Floor.Checker)]
    [InlineData(Floor.Plain)]
    [InlineData(Floor.Tiles)]
    [InlineData(Floor.Stripes)]
    public void A_patch_has_the_mean_colour_of_its_points(Floor floor)
    {
        var dice = new Dice(9);
        for (var i = 0; i < 20; i++)
        {
            var (x, z) = ((float)dice.Between(-8, 8), (float)dice.Between(-8, 8));
            var (wide, deep) = ((float)dice.Between(0.1, 3), (float)dice.Between(0.1, 3));
            const int steps = 120;
            var sum = Vector3.Zero;
            for (var a = 0; a < steps; a++)
                for (var b = 0; b < steps; b++)
                    sum += FloorPattern.At(floor, x + ((a + 0.5f) / steps - 0.5f) * wide, z + ((b + 0.5f) / steps - 0.5f) * deep, 0, 0);

            Assert.True(Vector3.Distance(sum / (steps * steps), FloorPattern.At(floor, x, z, wide, deep)) < 0.03f);
        }
    }

    [Theory]
    [InlineData(Floor.Checker)]
    [InlineData(Floor.Plain)]
    [InlineData(Floor.Tiles)]
    [InlineData(Floor.Stripes)]
    public void Far_away_a_floor_has_its_mean_colour(Floor floor) =>
        Assert.True(Vector3.Distance(FloorPattern.Mean(floor), FloorPattern.At(floor, 3, 4, 50, 50)) < 0.03f);
}
