using WanLab.Models.Weights;
using WanLab.Testing;

namespace WanLab.Tests.Models.Weights;

public sealed class NameMapTests
{
    [Fact]
    public void Transformer_names_go_there_and_back() =>
        ThereAndBack(KnownTensor.Transformer(), 1095, TransformerNames.Map.ToDiffusers, TransformerNames.Map.ToOfficial);

    [Fact]
    public void Vae_names_go_there_and_back() => ThereAndBack(KnownTensor.Vae(), 194, VaeNames.Map.ToDiffusers, VaeNames.Map.ToOfficial);

    [Fact]
    public void Umt5_names_go_there_and_back() =>
        ThereAndBack(KnownTensor.Umt5(), 242, Umt5Names.Map.ToDiffusers, Umt5Names.Map.ToOfficial);

    [Fact]
    public void The_affine_norm_changes_its_number_and_the_others_have_no_tensors()
    {
        Assert.Equal("blocks.7.norm2.weight", TransformerNames.Map.ToDiffusers("blocks.7.norm3.weight"));
        Assert.Null(TransformerNames.Map.ToDiffusers("blocks.7.norm2.weight"));
        Assert.Null(TransformerNames.Map.ToOfficial("blocks.7.norm3.weight"));
    }

    [Theory]
    [InlineData("blocks.12.ffn.0", "blocks.12.ffn.net.0.proj")]
    [InlineData("blocks.3.self_attn.o.lora_A.weight", "blocks.3.attn1.to_out.0.lora_A.weight")]
    public void Modules_and_their_adapters_are_renamed_alike(string official, string diffusers)
    {
        Assert.Equal(diffusers, TransformerNames.Map.ToDiffusers(official));
        Assert.Equal(official, TransformerNames.Map.ToOfficial(diffusers));
    }

    [Theory]
    [InlineData("blocks.x.self_attn.q.weight")]
    [InlineData("blocks.0.cross_attn.k_img.weight")]
    [InlineData("img_emb.proj.0.bias")]
    [InlineData("blocks.0")]
    [InlineData("")]
    public void Unknown_names_have_no_counterpart(string name) => Assert.Null(TransformerNames.Map.ToDiffusers(name));

    [Fact]
    public void A_tied_embedding_is_the_same_tensor() =>
        Assert.Equal("token_embedding.weight", Umt5Names.Map.ToOfficial("encoder.embed_tokens.weight"));

    private static void ThereAndBack(IReadOnlyList<KnownTensor> tensors, int count, Func<string, string?> toDiffusers,
        Func<string, string?> toOfficial)
    {
        Assert.Equal(count, tensors.Count);
        Assert.Equal(tensors.Select(t => t.Diffusers), tensors.Select(t => toDiffusers(t.Official)));
        Assert.Equal(tensors.Select(t => t.Official), tensors.Select(t => toOfficial(t.Diffusers)));
    }
}
