using WanLab.Datasets;
using WanLab.Models;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Parity;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Models.Umt5;

public sealed class Umt5EncoderTests : TensorTest
{
    private static readonly Umt5Config Small =
        new() { VocabSize = 30, Dim = 8, DimAttn = 12, DimFfn = 10, NumHeads = 3, NumLayers = 2, NumBuckets = 8, MaxDistance = 20 };

    [Fact]
    public void The_golden_case_is_met()
    {
        foreach (var result in Umt5Parity.Run(Golden())) Assert.InRange(result.Error, 0, 5e-6);
    }

    [Fact]
    public void A_prompt_alone_gives_its_rows_of_the_padded_batch()
    {
        var golden = Golden();
        using var encoder = new Umt5Encoder(golden.Weights("w."), Umt5Parity.Config(golden.Config.GetProperty("model")));
        var lengths = golden.Config.GetProperty("lens").EnumerateArray().Select(l => l.GetInt32()).ToArray();
        for (var k = 0; k < lengths.Length; k++)
        {
            var alone = encoder.EncodeText(golden["in.ids"].Select(0, k).ToArray<long>(), lengths[k]);
            var expected = golden["out.hidden"].Select(0, k).Narrow(0, 0, lengths[k]);
            Assert.InRange((alone - expected).Abs().Max().Item(), 0, 1e-5 * expected.Abs().Max().Item());
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.EncodeText([1, 2], 3));
    }

    [Fact]
    public void Bf16_stays_bf16_and_near_fp32()
    {
        using var wide = new Umt5Encoder(Random(Small, DType.Float32), Small);
        using var narrow = new Umt5Encoder(Random(Small, DType.BFloat16), Small);
        Tensor ids = Tensor.From([3L, 9, 1, 0, 7, 1], 2, 3), mask = Tensor.From([1L, 1, 0, 1, 1, 1], 2, 3);

        Tensor x = wide.Forward(ids, mask), y = narrow.Forward(ids, mask);
        Assert.Equal(DType.BFloat16, y.DType);
        Assert.Equal(0, y.Select(0, 0).Select(0, 2).Abs().Max().Item());
        var error = (y.To(DType.Float32) - x).Abs().Max().Item() / x.Abs().Max().Item();
        Assert.InRange(error, 1e-5, 0.05); // not 0: it must really have been computed in bf16
    }

    [Fact]
    public void Gelu_rounds_after_every_operator_in_bf16()
    {
        var x = Tensor.Arange(-4, 4, 0.03).To(DType.BFloat16);
        float a = 0.044715f, b = (float)Math.Sqrt(2 / Math.PI);
        float[] Expected(float a, float b) => [.. x.To(DType.Float32).ToArray<float>().Select(v =>
        {
            var inner = Bf16(Bf16(v + Bf16(Bf16(Bf16(v * v) * v) * a)) * b);
            return Bf16(Bf16(v * 0.5f) * Bf16(Bf16(MathF.Tanh(inner)) + 1));
        })];

        // Which of these a libtorch gives depends on whether its kernels round constants too.
        float[][] either = [Expected(a, b), Expected(Bf16(a), Bf16(b))];
        Assert.Contains(Umt5Encoder.Gelu(x).To(DType.Float32).ToArray<float>(), either);
    }

    [Fact]
    public void One_shared_table_is_the_same_table_in_every_block()
    {
        const string table = "pos_embedding.embedding.weight";
        using var own = new Umt5Encoder(Random(Small, DType.Float32), Small);
        own.Weights["blocks.1." + table].CopyInto(own.Weights["blocks.0." + table]);
        var config = Small with { SharedPos = true };
        using var shared = new Umt5Encoder(new ModelWeights(config.Shapes().Select(
            s => KeyValuePair.Create(s.Name, own.Weights[s.Name == table ? "blocks.0." + table : s.Name].Clone()))), config);

        Assert.True(own.EncodeText([3, 9, 1], 3).EqualTo(shared.EncodeText([3, 9, 1], 3)));
    }

    [Fact]
    public void Gradients_reach_the_weights()
    {
        using var encoder = new Umt5Encoder(Random(Small, DType.Float32), Small);
        var direction = Random([3, Small.Dim], 5);
        foreach (var name in (ReadOnlySpan<string>)["token_embedding.weight", "blocks.0.attn.k.weight",
            "blocks.1.pos_embedding.embedding.weight", "blocks.1.ffn.gate.0.weight"])
        {
            var weight = encoder.Weights[name];
            weight.RequiresGrad = true;
            (encoder.EncodeText([3, 9, 1], 3) * direction).Sum().Backward();
            var step = Random(weight.Shape.ToArray(), 6) * 1e-2;
            var slope = (weight.Grad! * step).Sum().Item();
            weight.SetGrad(null);
            weight.RequiresGrad = false;

            var before = weight.Clone();
            weight.AddInto(step, 0.5);
            var up = (encoder.EncodeText([3, 9, 1], 3) * direction).Sum().Item();
            weight.AddInto(step, -1);
            var down = (encoder.EncodeText([3, 9, 1], 3) * direction).Sum().Item();
            weight.CopyInto(before);
            Assert.InRange(up - down, slope - 0.02 * Math.Abs(slope) - 1e-5, slope + 0.02 * Math.Abs(slope) + 1e-5);
            Assert.True(Math.Abs(slope) > 1e-4, name);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-7, 7)]
    [InlineData(-8, 8)]
    [InlineData(-11, 8)]
    [InlineData(-12, 9)]
    [InlineData(-15, 9)]
    [InlineData(-16, 10)]
    [InlineData(-23, 11)]
    [InlineData(-32, 12)]
    [InlineData(-45, 12)]
    [InlineData(-46, 13)]
    [InlineData(-64, 14)]
    [InlineData(-90, 14)]
    [InlineData(-91, 15)]
    [InlineData(-511, 15)]
    [InlineData(1, 17)]
    [InlineData(7, 23)]
    [InlineData(91, 31)]
    public void Relative_positions_fall_into_the_official_buckets(int relative, int bucket) =>
        Assert.Equal(bucket, RelativePositions.Bucket(relative, 32, 128));

    [Fact]
    public void Bucket_tables_run_from_query_to_key()
    {
        var table = RelativePositions.Buckets(3, 32, 128).ToArray<long>();
        Assert.Equal([0, 17, 18, 1, 0, 17, 2, 1, 0], table);
    }

    [Fact]
    public void The_default_sizes_are_those_of_the_published_encoder()
    {
        var shapes = new Umt5Config().Shapes();
        Assert.Equal(
            KnownTensor.Umt5().Select(t => $"{t.Official} {string.Join('x', t.Shape)}").Order(),
            shapes.Select(s => $"{s.Name} {string.Join('x', s.Shape)}").Order());
        Assert.Equal(5_680_910_336, shapes.Sum(s => s.Shape.Aggregate(1L, (a, b) => a * b)));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        using var weights = Random(Small, DType.Float32);
        Assert.Contains("10 missing: blocks.2.attn.k.weight",
            Assert.Throws<WanLabException>(() => new Umt5Encoder(weights, Small with { NumLayers = 3 })).Message);
        using var half = Random(Small, DType.Float16);
        Assert.Contains("weights are Float16. Load all of them as BFloat16",
            Assert.Throws<WanLabException>(() => new Umt5Encoder(half, Small)).Message);
    }

    [Theory]
    [InlineData("""{"model_type":"t5"}""", "a model of type 't5'")]
    [InlineData("""{"model_type":"umt5","feed_forward_proj":"relu"}""", "feed_forward_proj is 'relu'")]
    [InlineData("""{"model_type":"umt5"}""", "not a readable UMT5 configuration")]
    [InlineData("{", "not a readable UMT5 configuration")]
    public void A_configuration_of_something_else_is_refused(string json, string why)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["config.json"], json);
        Assert.Contains(why, Assert.Throws<WanLabException>(() => Umt5Config.FromJson(folder["config.json"])).Message);
    }

    private static GoldenCase Golden() => GoldenCase.Open(Path.Combine(Repository.Root, "tests/goldens/umt5-tiny.json"));

    private static Tensor Random(long[] shape, ulong seed)
    {
        using var generator = new Generator(seed);
        return Tensor.Randn(shape, generator);
    }

    private static ModelWeights Random(Umt5Config config, DType dtype) =>
        new(config.Shapes().Select((s, k) => KeyValuePair.Create(s.Name, (Random(s.Shape, (ulong)k) * 0.4).To(dtype))).ToList());

    private static float Bf16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000);
    }
}
