using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Models.Weights;

public sealed class WeightLoaderTests : TensorTest
{
    private static readonly IReadOnlyList<KnownTensor> Tiny = KnownTensor.TinyTransformer();

    public static TheoryData<string, string> Namings => new()
    {
        { "official", "" }, { "diffusers", "" }, { "ComfyUI", "model.diffusion_model." }, { "ComfyUI", "diffusion_model." },
    };

    [Theory]
    [MemberData(nameof(Namings))]
    public void Every_naming_gives_the_official_names(string naming, string prefix)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.safetensors", Tiny, t => naming == "diffusers" ? t.Diffusers : prefix + t.Official);

        var loader = WeightLoader.Open(path, ModelKind.Transformer, KnownTensor.Shapes(Tiny));
        using var weights = loader.Load();

        Assert.Equal(naming, loader.Naming);
        Assert.Equal(Tiny.Count, weights.Tensors.Count);
        for (var k = 0; k < Tiny.Count; k++)
        {
            Assert.Equal(Tiny[k].Shape, weights[Tiny[k].Official].Shape);
            Assert.All(weights[Tiny[k].Official].ToArray<float>(), value => Assert.Equal(k, value));
        }
    }

    [Fact]
    public void Vae_and_text_encoder_files_are_read_under_either_name()
    {
        using var folder = new TempFolder();
        KnownTensor[] vae = [.. KnownTensor.Vae().Where(t => t.Shape.Length == 1)];
        KnownTensor[] text = [.. KnownTensor.Umt5().Where(t => t.Official.Contains("norm"))];
        foreach (var (kind, tensors) in (ReadOnlySpan<(ModelKind, KnownTensor[])>)[(ModelKind.Vae, vae), (ModelKind.TextEncoder, text)])
            foreach (var official in (ReadOnlySpan<bool>)[true, false])
            {
                var path = folder.Write("a.safetensors", tensors, t => official ? t.Official : t.Diffusers);
                var loader = WeightLoader.Open(path, kind, KnownTensor.Shapes(tensors));
                Assert.Equal(official, loader.Naming == "official");
                Assert.All(tensors, (t, k) => Assert.Equal(k, loader.Read(t.Official).Mean().Item(), 1e-3));
            }
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("vae.")]
    [InlineData("first_stage_model.")]
    public void A_vae_is_read_with_a_prefix_before_each_of_its_names(string prefix)
    {
        using var folder = new TempFolder();
        KnownTensor[] vae = [.. KnownTensor.Vae().Where(t => t.Shape.Length == 1)];
        var path = folder.Write("a.safetensors", vae, t => prefix + t.Official);
        var loader = WeightLoader.Open(path, ModelKind.Vae, KnownTensor.Shapes(vae));
        Assert.Equal($"official, each after {prefix}", loader.Naming);
        Assert.All(vae, (t, k) => Assert.Equal(k, loader.Read(t.Official).Mean().Item(), 1e-3));

        var other = Assert.Throws<WanLabException>(() => WeightLoader.Open(
            folder.Write("b.safetensors", vae, t => "x" + prefix + t.Official), ModelKind.Vae, KnownTensor.Shapes(vae)));
        Assert.Contains("b.safetensors", other.Message);
    }

    [Fact]
    public void Tensors_of_the_right_type_stay_in_the_file_and_others_are_converted()
    {
        using var folder = new TempFolder();
        var loader = WeightLoader.Open(folder.Write("a.safetensors", Tiny, t => t.Official), ModelKind.Transformer,
            KnownTensor.Shapes(Tiny));
        const string name = "blocks.1.ffn.2.bias";

        var (same, converted) = (loader.Read(name, DType.Float32), loader.Read(name, DType.BFloat16));
        var before = converted.Sum().Item();
        Assert.NotEqual(0, before);
        var entry = SafetensorsFile.Open(folder["a.safetensors"]).Entries[name];
        using (var file = new FileStream(folder["a.safetensors"], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 8 + BitConverter.ToInt64(File.ReadAllBytes(folder["a.safetensors"])) + entry.Start;
            file.Write(new byte[entry.End - entry.Start]);
        }
        Assert.Equal(0, same.Sum().Item()); // it looks at the file
        Assert.Equal(before, converted.Sum().Item());

        using var weights = loader.Load(DType.BFloat16, keepFloat32: n => n.StartsWith("time_", StringComparison.Ordinal));
        Assert.All(weights.Tensors, pair => Assert.Equal(pair.Key.StartsWith("time_") ? DType.Float32 : DType.BFloat16, pair.Value.DType));
    }

    [Theory]
    [InlineData("scale_weight", "scale_input", "scaled_fp8")]
    [InlineData("weight_scale", "input_scale", "head.head.comfy_quant")]
    public void Scaled_fp8_is_dequantised(string scale, string inputScale, string marker)
    {
        using var folder = new TempFolder();
        var path = folder.WriteRaw("a.safetensors",
            ($"model.diffusion_model.{marker}", "U8", [2], [1, 2]),
            ("model.diffusion_model.head.head.weight", "F8_E4M3", [2, 2], [0x38, 0x3c, 0xb8, 0x40]),
            ($"model.diffusion_model.head.head.{scale}", "F32", [], BitConverter.GetBytes(0.25f)),
            ($"model.diffusion_model.head.head.{inputScale}", "F32", [], BitConverter.GetBytes(9f)),
            ("model.diffusion_model.head.head.bias", "F16", [2], [0, 0x3c, 0, 0x40]));
        var loader = WeightLoader.Open(path, ModelKind.Transformer, [new("head.head.weight", 2, 2), new("head.head.bias", 2)]);

        Assert.Equal(DType.Float8E4M3, loader.TypeOf("head.head.weight"));
        Assert.Equal([0.25f, 0.375f, -0.25f, 0.5f], loader.Read("head.head.weight", DType.Float32).ToArray<float>());
        Assert.Equal(DType.BFloat16, loader.Read("head.head.weight").DType);
        Assert.Equal([(Half)1, (Half)2], loader.Read("head.head.bias").ToArray<Half>());
    }

    [Fact]
    public void A_scale_beside_wider_floats_counts_too_and_fp8_without_one_is_taken_as_it_is()
    {
        using var folder = new TempFolder();
        var path = folder.WriteRaw("a.safetensors",
            ("a.weight", "F32", [2, 1], [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(5f)]),
            ("a.weight_scale", "F32", [2, 1], [.. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(4f)]),
            ("b.weight", "F8_E5M2", [1], [0x3d]));
        var loader = WeightLoader.Open(path, ModelKind.Vae, [new("a.weight", 2, 1), new("b.weight", 1)]);

        Assert.Equal([6f, 20f], loader.Read("a.weight").ToArray<float>());
        Assert.Equal(1.25, loader.Read("b.weight").Item());
    }

    [Fact]
    public void Other_quantised_forms_are_refused_by_name()
    {
        using var folder = new TempFolder();
        var path = folder.WriteRaw("a.safetensors",
            ("a.weight", "I8", [2, 1], [1, 2]), ("b.weight", "F8_E4M3", [2, 2], [1, 2, 3, 4]),
            ("b.weight_scale", "F32", [4], new byte[16]));

        var message = Fails(path, ModelKind.Vae, [new("a.weight", 2, 1), new("b.weight", 2, 2)]);
        Assert.Contains("2 in a quantised form that is not read (use a bf16, fp16 or fp8_scaled file): " +
            "a.weight (Int8), b.weight (Float8E4M3)", message);
    }

    [Fact]
    public void All_differences_are_in_one_message()
    {
        using var folder = new TempFolder();
        KnownTensor[] wrong = [.. Tiny.Where(t => !t.Official.StartsWith("blocks.1.")), new("x.a", "x.a", 1), new("x.b", "x.b", 1)];
        wrong[2] = wrong[2] with { Shape = [8, 7] };

        var message = Fails(folder.Write("a.safetensors", wrong, t => t.Official), ModelKind.Transformer, KnownTensor.Shapes(Tiny));
        Assert.Contains("27 missing: blocks.1.cross_attn.k.bias, ", message);
        Assert.Contains(", and 17 more", message);
        Assert.Contains("2 not part of the model: x.a, x.b", message);
        Assert.Contains("1 of another shape: text_embedding.0.weight is [8, 7] instead of [8, 6]", message);
        Assert.Contains("looks like a Wan transformer of width 8", message);
    }

    [Fact]
    public void A_text_to_video_model_is_recognised()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.safetensors", KnownTensor.TinyTransformer(16), t => t.Diffusers);
        Assert.Contains("This is a T2V model: patch_embedding takes 16 channels, I2V needs 36.",
            Fails(path, ModelKind.Transformer, KnownTensor.Shapes(Tiny)));
    }

    [Theory]
    [InlineData("diffusion_model.blocks.0.self_attn.q.lora_A.weight", new long[] { 4, 8 },
        "looks like a LoRA or another adapter, not like a model")]
    [InlineData("encoder.conv_in.weight", new long[] { 8, 3, 3, 3, 3 }, "looks like a Wan video VAE, not like a Wan transformer")]
    [InlineData("encoder.conv_in.weight", new long[] { 8, 3, 3, 3 }, "the VAE of an image model")]
    [InlineData("shared.weight", new long[] { 50, 8 }, "looks like a UMT5 text encoder with 50 x 8 embeddings, not like a Wan transformer")]
    [InlineData("visual.conv1.weight", new long[] { 8, 3, 14, 14 }, "no model that WanLab knows")]
    public void Another_model_in_its_place_is_recognised(string name, long[] shape, string what)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.safetensors", [new(name, name, shape)], t => t.Official);
        Assert.Contains(what, Fails(path, ModelKind.Transformer, KnownTensor.Shapes(Tiny)));
    }

    [Fact]
    public void A_transformer_in_the_place_of_the_vae_is_recognised()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.safetensors", Tiny, t => t.Official);
        Assert.Contains("This looks like a Wan transformer of width 8, not like a Wan VAE.",
            Fails(path, ModelKind.Vae, KnownTensor.Shapes(KnownTensor.Vae())));
    }

    [Fact]
    public void A_tokenizer_inside_the_text_encoder_is_no_weight_and_can_be_read()
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder["a.safetensors"],
            [new("shared.weight", Tensor.Zeros([3, 2])), new("encoder.embed_tokens.weight", Tensor.Zeros([3, 2])),
                new("spiece_model", Tensor.From((byte[])[7, 8, 200], 3))]);

        var loader = WeightLoader.Open(folder["a.safetensors"], ModelKind.TextEncoder, [new("token_embedding.weight", 3, 2)]);
        Assert.Equal("Hugging Face", loader.Naming);
        Assert.Equal([7, 8, 200], WeightLoader.FindSentencePiece(folder["a.safetensors"]));
        Assert.Null(WeightLoader.FindSentencePiece(folder.Write("b.safetensors", Tiny, t => t.Official)));
    }

    private static string Fails(string path, ModelKind kind, IReadOnlyList<WeightShape> expected) =>
        Assert.Throws<WanLabException>(() => WeightLoader.Open(path, kind, expected)).Message;
}
