using System.Text.Json.Nodes;
using WanLab.Models;
using WanLab.Models.Umt5;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Tiny.Pretraining;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tiny.Tests.Pretraining;

public sealed class DiffusersFolderTests : TensorTest
{
    [Fact]
    public void A_written_transformer_has_diffusers_names_and_comes_back()
    {
        using var folder = new TempFolder();
        var tensors = KnownTensor.TinyTransformer();
        using var weights = new ModelWeights(tensors.Select((t, k) => KeyValuePair.Create(t.Official, Tensor.Full(t.Shape, k))));
        var config = new JsonObject { ["num_layers"] = 2 };

        DiffusersFolder.Write(folder["transformer"], ModelKind.Transformer, weights, config);

        Assert.Equal(tensors.Select(t => t.Diffusers).Order(), WeightFiles.Open(folder["transformer"]).Names.Order());
        var json = JsonNode.Parse(File.ReadAllText(folder["transformer/config.json"]))!;
        Assert.Equal("WanTransformer3DModel", (string?)json["_class_name"]);
        Assert.Equal(2, (int?)json["num_layers"]);
        Assert.Single(config); // the caller's object is left alone
        using var again = WeightLoader.Open(folder["transformer"], ModelKind.Transformer, KnownTensor.Shapes(tensors)).Load();
        Assert.All(weights.Tensors, pair => Assert.True(pair.Value.EqualTo(again[pair.Key])));
    }

    [Fact]
    public void A_written_text_encoder_opens_by_its_own_configuration()
    {
        using var folder = new TempFolder();
        var config = new Umt5Config
        {
            VocabSize = 20,
            Dim = 8,
            DimAttn = 12,
            DimFfn = 10,
            NumHeads = 3,
            NumLayers = 2,
            NumBuckets = 8,
            MaxDistance = 64,
        };
        using var weights = new ModelWeights(
            config.Shapes().Select((s, k) => KeyValuePair.Create(s.Name, Tensor.Full(s.Shape, k, DType.BFloat16))));

        DiffusersFolder.Write(folder["text_encoder"], ModelKind.TextEncoder, weights, TinyConfigs.Json(config));

        var layout = ModelLayout.FromFolder(folder.Path);
        var read = Umt5Config.FromJson(layout.Config(ModelPart.TextEncoder)!);
        Assert.Equal(config, read);
        using var again = WeightLoader.Open(layout[ModelPart.TextEncoder], ModelKind.TextEncoder, read.Shapes()).Load();
        Assert.All(weights.Tensors, pair => Assert.True(pair.Value.EqualTo(again[pair.Key])));
    }

    [Fact]
    public void A_tensor_without_a_diffusers_name_is_refused()
    {
        using var folder = new TempFolder();
        using var weights = new ModelWeights([new("blocks.0.norm2.weight", Tensor.Zeros([1]))]);
        var e = Assert.Throws<WanLabException>(() => DiffusersFolder.Write(folder["t"], ModelKind.Transformer, weights, []));
        Assert.Contains("'blocks.0.norm2.weight' has no name in diffusers' form of a Wan transformer", e.Message);
    }
}
