using WanLab.Models;
using WanLab.Training.Validation;

namespace WanLab.Jobs.Schema;

/// <summary>A number for both experts, or <c>{high: , low: }</c>.</summary>
internal sealed class PerExpertKind : Kind<PerExpert>
{
    private readonly NumberKind<double> number;
    private readonly Mapping<PerExpert> both;

    public PerExpertKind(Limits limits)
    {
        number = new NumberKind<double>(limits) { OrElse = ", or {high: NUMBER, low: NUMBER}" };
        var each = new NumberKind<double>(limits);
        const string missing = "give both experts' values, or one number for both";
        both = new(() => 0)
        {
            { "high", each, v => v.High, (v, x) => v with { High = x }, missing },
            { "low", each, v => v.Low, (v, x) => v with { Low = x }, missing },
        };
    }

    public override PerExpert Blank => 0;

    public override PerExpert Read(JobNode node, string path, ReadContext context, PerExpert start) =>
        node is JobMap ? both.Read(node, path, context, start) : number.Read(node, path, context, start.High);

    public override JobNode Write(PerExpert value) =>
        value.High.Equals(value.Low) ? number.Write(value.High) : both.Write(value);
}

/// <summary>A model folder, or a mapping of single files.</summary>
internal sealed class ModelPathKind : Kind<ModelPath>
{
    private static readonly PathKind File = new();
    private static readonly Optional<string> OptionalFile = new(File);
    private const string Missing = "a model of single files needs one for each of high, low, vae and text_encoder";

    private static readonly Mapping<ModelPath> Files = new(() => new(), sparse: true)
    {
        { "high", File, m => m.High ?? "", (m, v) => m with { High = v }, Missing },
        { "low", File, m => m.Low ?? "", (m, v) => m with { Low = v }, Missing },
        { "vae", File, m => m.Vae ?? "", (m, v) => m with { Vae = v }, Missing },
        { "text_encoder", File, m => m.TextEncoder ?? "", (m, v) => m with { TextEncoder = v }, Missing },
        { "tokenizer", OptionalFile, m => m.Tokenizer, (m, v) => m with { Tokenizer = v } },
    };

    public override ModelPath Blank => new();

    public override ModelPath Read(JobNode node, string path, ReadContext context, ModelPath start) =>
        node is JobMap ? Files.Read(node, path, context, new()) : new() { Folder = File.Read(node, path, context, "") };

    public override JobNode Write(ModelPath value) =>
        value.Folder is not null ? File.Write(value.Folder) : Files.Write(value);

    public override IEnumerable<string> Paths(string path) => [path, .. Files.Paths(path)];
}

/// <summary>A share of the clips, or a folder.</summary>
internal sealed class HoldoutKind : Kind<Holdout>
{
    private static readonly NumberKind<double> Share = new(Limits.From0Below1);
    private static readonly PathKind Folder = new();

    public override Holdout Blank => new();

    public override Holdout Read(JobNode node, string path, ReadContext context, Holdout start) =>
        node is JobScalar scalar && NumberKind<double>.TryParse(scalar.Text, out _)
            ? Share.Read(node, path, context, start.Share)
            : Folder.Read(node, path, context, "");

    public override JobNode Write(Holdout value) =>
        value.Folder is not null ? Folder.Write(value.Folder) : Share.Write(value.Share);
}
