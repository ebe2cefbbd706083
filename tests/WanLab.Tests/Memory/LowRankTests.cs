using WanLab.Memory;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Memory;

public sealed class LowRankTests : TensorTest
{
    private static readonly Op Svd = Op.Find("aten::linalg_svd");

    [Theory]
    [InlineData(80, 160)]
    [InlineData(160, 80)]
    public void It_is_as_near_as_a_whole_decomposition_to_half_a_per_cent(int rows, int columns)
    {
        using var generator = new Generator(1);
        var matrix = Tensor.Randn([rows, columns], generator); // a flat spectrum: the hardest case
        var (down, up) = LowRank.Of(matrix, 16, 0);
        var values = Svd.CallMany(matrix, false)[1].ToArray<float>();
        var best = Math.Sqrt(values.Skip(16).Sum(v => (double)v * v));

        Assert.Equal([16, columns], down.Shape);
        Assert.Equal([rows, 16], up.Shape);
        Assert.InRange((matrix - up.MatMul(down)).Norm([0, 1]).Item(), best * 0.9999, best * 1.005);
    }

    [Theory]
    [InlineData(160)]
    [InlineData(640)]
    public void Of_the_error_of_rounding_a_small_rank_holds_about_64_parts_in_the_width(int width)
    {
        // Errors of rounding are as good as white: singular values reach from 0 to 2 sqrt(width), and 16 of them, squared, come to
        // about 64 width of the width^2 there are. So a computed recovery adapter gains less the wider a layer is.
        using var generator = new Generator(1);
        var weight = Tensor.Randn([width, width], generator) * 0.02;
        using var packed = UInt4Weight.Pack(weight);
        var error = weight - packed.Unpack();
        var (down, up) = LowRank.Of(error, 16, 0);
        double Energy(Tensor x) => Math.Pow(x.Norm([0, 1]).Item(), 2);
        Assert.InRange(1 - Energy(error - up.MatMul(down)) / Energy(error), 0.7 * 64 / width, 1.05 * 64 / width);
    }

    [Fact]
    public void What_has_a_low_rank_is_found_whole_and_always_the_same()
    {
        using var generator = new Generator(1);
        var matrix = Tensor.Randn([50, 3], generator).MatMul(Tensor.Randn([3, 40], generator));
        var (down, up) = LowRank.Of(matrix, 4, 0);
        Assert.Equal(0, (matrix - up.MatMul(down)).Abs().Max().Item(), 1e-4);
        var again = LowRank.Of(matrix, 4, 0);
        Assert.True(down.EqualTo(again.Down) && up.EqualTo(again.Up));
    }

    [Fact]
    public void A_rank_beyond_the_matrix_is_the_matrix()
    {
        using var generator = new Generator(1);
        var matrix = Tensor.Randn([6, 9], generator);
        var (down, up) = LowRank.Of(matrix, 16, 0);
        Assert.Equal(0, (matrix - up.MatMul(down)).Abs().Max().Item(), 1e-5);
    }
}
