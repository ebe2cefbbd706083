using WanLab.Jobs;
using WanLab.Testing;

namespace WanLab.Tests.Jobs;

public sealed class JobLayersTests : IDisposable
{
    private const string Named = "'self_attn.query' matches no linear layer of the model; they are named blocks.N. with N from 0 to ";

    private const string Target = """
        target:
          modules:
            - self_attn.q
            - self_attn.query
            - blocks.3.ffn.0
            - '*.k'

        """;

    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_entry_that_fits_no_layer_is_an_error_with_its_line_among_the_other_problems()
    {
        var problems = _folder.Problems(JobFolder.Minimal.Replace("path: clips", "path: clip") + Target).Split('\n');

        Assert.Equal(2, problems.Length);
        Assert.StartsWith("job.yaml:6: error: datasets.0.path: the folder 'clip' does not exist", problems[0]);
        Assert.StartsWith("job.yaml:10: error: target.modules.1: " + Named, problems[1]);
        Assert.EndsWith("then self_attn.q, self_attn.k, self_attn.v, self_attn.o, cross_attn.q, cross_attn.k, cross_attn.v, " +
            "cross_attn.o, ffn.0, ffn.2", problems[1]);
    }

    [Fact]
    public void The_last_block_is_that_of_the_model_which_the_job_names()
    {
        using var mini = new MiniRun();
        File.WriteAllBytes(_folder.At("empty.safetensors"), [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        string[] files = [.. new[] { "high", "low", "vae", "text_encoder" }.Select(name => $"{name}: empty.safetensors")];
        var models = new Dictionary<string, int>
        {
            [$"{{path: {mini.At("model")}}}"] = 2, // a folder with a config.json
            [$"{{path: {{{string.Join(", ", files)}}}, architecture: wan22-i2v-14b}}"] = 39, // single files have the published sizes
        };
        foreach (var (model, last) in models)
            Assert.Equal($"blocks.{last + 1}.ffn.0",
                Wrong($"model: {model}\ntarget: {{modules: [blocks.{last}.ffn.0, blocks.{last + 1}.ffn.0]}}"));
    }

    [Fact]
    public void An_official_folder_is_asked_too_and_one_that_is_no_model_says_only_that()
    {
        const string Model = "model: {architecture: wan22-i2v-14b, path: model}\ntarget: {modules: [blocks.5.ffn.0]}";
        Assert.Equal("", _folder.Problems(JobFolder.Minimal + Model)); // 'check' opens the model and names what is wrong with it

        Directory.CreateDirectory(_folder.At("model/high_noise_model"));
        Assert.Equal("", _folder.Problems(JobFolder.Minimal + Model));
        File.WriteAllText(_folder.At("model/high_noise_model/config.json"), """{"num_layers": 5}""");
        Assert.Equal("blocks.5.ffn.0", Wrong(Model));
    }

    [Fact]
    public void An_entry_given_on_the_command_line_is_named_by_its_key() =>
        Assert.StartsWith("--set: error: target.modules.0: 'q_proj' matches no linear layer of the model",
            _folder.Problems(JobFolder.Minimal, "target.modules=[q_proj]"));

    // The pattern of the one error.
    private string Wrong(string lines)
    {
        var error = Assert.Single(_folder.Parse(JobFolder.Minimal + lines).Errors);
        Assert.StartsWith("target.modules.", error.Key);
        return error.Message.Split('\'')[1];
    }
}
