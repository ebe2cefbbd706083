using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using WanLab.Jobs;
using WanLab.Jobs.Recipes;
using WanLab.Testing;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Tests.Jobs;

/// <summary>
/// An editor's YAML server turns the file into JSON by YAML's core schema and validates that. The validator here is JsonSchema.Net.
/// </summary>
public sealed partial class JobSchemaFileTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(JobKeys.Schema());

    [Fact]
    public void All_example_jobs_are_accepted_and_name_the_schema_in_their_first_line()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "datasets-example"), "job.yaml", SearchOption.AllDirectories);

        Assert.Equal(3, files.Length);
        Assert.All(files, file =>
        {
            Assert.Equal("", Problems(File.ReadAllText(file)));
            var line = File.ReadLines(file).First();
            Assert.StartsWith("# yaml-language-server: $schema=", line);
            var schema = Path.Combine(Path.GetDirectoryName(file)!, line[(line.IndexOf('=') + 1)..]);
            Assert.Equal(JobKeys.Schema(), File.ReadAllText(schema));
        });
    }

    [Theory]
    [InlineData(RecipeKind.Motion, 24, null)]
    [InlineData(RecipeKind.Style, 48, RecipeRequest.TinyModel)]
    [InlineData(RecipeKind.Character, 80, null)]
    public void Recipes_are_accepted(RecipeKind kind, int gpu, string? model)
    {
        using var clips = RecipeClips.Of(5, 5, 5, 5, 5);

        var recipe = RecipeWriter.Write(new RecipeRequest { Kind = kind, Gpu = gpu, Dataset = clips.Clips, Model = model });

        Assert.Equal("", Problems(recipe.Yaml));
    }

    [Fact]
    public void Whole_jobs_are_accepted_with_defaults_and_without_any()
    {
        Assert.Equal("", Problems(JobWriter.Write(UnusualJob.Value)));
        Assert.Equal("", Problems(JobWriter.Write(new TrainingJob { Name = "walk", Datasets = [new() { Path = "/clips" }] })));
        Assert.Equal("", Problems(File.ReadAllText(Path.Combine(Repository.Root, "tests/WanLab.Tests/Kept/0.1.0/run/job.yaml"))));
    }

    [Theory]
    [InlineData("trainning: {}")]
    [InlineData("training: {stps: 5}")]
    [InlineData("training: {steps: 0}")]
    [InlineData("training: {steps: 1.5}")]
    [InlineData("training: {optimizer: lion}")]
    [InlineData("training: {learning_rate: {high: 1e-4}}")]
    [InlineData("target: {dropout: 1}")]
    [InlineData("target: {modules: q}")]
    [InlineData("model: {path: {high: a}}")]
    [InlineData("sample: {prompts: [{prompt: a}]}")]
    [InlineData("sample: {prompts: [{prompt: a, image: b, sampler: ddim}]}")]
    [InlineData("validation: {holdout: 1}")]
    [InlineData("validation: {sigmas: {high: []}}")]
    public void A_misspelt_key_or_a_wrong_value_is_refused(string line)
    {
        const string job = "job: {name: walk}\ndatasets: [{path: clips}]\n";

        Assert.Equal("", Problems(job));
        Assert.NotEqual("", Problems(job + line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("job: {name: walk}")]
    [InlineData("job: {name: a b}\ndatasets: [{path: clips}]")]
    [InlineData("job: {name: walk}\ndatasets: []")]
    [InlineData("job: {name: walk}\ndatasets: [{num_frames: 17}]")]
    public void A_job_without_its_name_or_datasets_is_refused(string yaml) => Assert.NotEqual("", Problems(yaml));

    private static string Problems(string yaml)
    {
        var root = YamlText.Parse(yaml, new YamlSource("job.yaml", "", HasLines: true));
        var json = System.Text.Json.JsonSerializer.SerializeToElement(root is null ? null : Json(root));
        var results = Schema.Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (results.IsValid) return "";
        var errors = (results.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        return $"refused: {string.Join('\n', errors)}";
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { Plain: true, Text: "true" or "True" or "TRUE" } => true,
        YamlScalar { Plain: true, Text: "false" or "False" or "FALSE" } => false,
        YamlScalar { Plain: true } scalar when Number().IsMatch(scalar.Text) => JsonNode.Parse(scalar.Text),
        YamlScalar scalar => scalar.Text,
        _ => throw new InvalidOperationException(node.Describe()),
    };

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex Number();
}
