using System.Text.Json.Nodes;
using WanLab.Jupyter.Tests.Jupyter;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Notebooks;

/// <summary>Every notebook of the lab runs from top to bottom on the embedded model, with few steps.</summary>
public sealed class NotebooksTests : IDisposable
{
    // Ten for one expert, ten for the other, and four more.
    private const string FewSteps = "steps=24";
    private readonly DebianJupyter _jupyter = new(LabFolder.Cache);

    public void Dispose() => _jupyter.Dispose();

    /// <summary>Each notebook, with plots it must show and the number of its videos.</summary>
    public static TheoryData<string, string[], int> All => new()
    {
        { "01-first-lora.ipynb", ["Loss, smoothed", "Timesteps, high noise: 14 steps planned",
            "Timesteps, low noise: 10 steps planned"], 20 },
        { "02-timesteps-experts-bias.ipynb", ["Timesteps", "timestep_bias-balanced", "timestep_bias-favor_high_noise",
            "timestep_bias-favor_low_noise", "Held-out loss minus the base model", "Loss by timestep"], 0 },
        { "03-motion-live.ipynb", ["Buckets", "Held-out loss", "Seconds of a step, by part", "Gradient norm"], 16 },
        { "04-style-and-character.ipynb", ["Loss, smoothed", "Parts of the loss with DOP, at each step"], 17 },
        { "05-reviewing-checkpoints.ipynb", ["Orbit rate", "Sharpness kept", "Held-out loss"], 20 },
        { "06-from-tiny-to-14b.ipynb", ["Memory of a step of 41 frames, 4 bits, low_vram", "Loss, high noise", "Loss, low noise"], 6 },
        { "07-comparing-experiments.ipynb", ["Loss, high noise", "Loss, low noise", "Orbit rate by rank and learning rate"], 8 },
        { "08-curating-clips.ipynb", ["Loss, smoothed"], 13 },
    };

    [Fact]
    public void Every_notebook_is_in_the_list()
    {
        var files = Directory.GetFiles(LabFolder.Source, "0*.ipynb").Select(file => Path.GetFileName(file)!).Order();
        Assert.Equal(files, All.Select(row => (string)row[0]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nbconvert_executes_it_through_the_kernel(string notebook, string[] figures, int videos)
    {
        var file = LabFolder.Write(_jupyter.Folder.Path, notebook, FewSteps);
        var (code, output) = await _jupyter.RunAsync(DebianJupyter.NbConvert, "--to", "notebook", "--execute", "--inplace", file);
        Assert.True(code == 0, output);
        var run = RunNotebook.Read(file);
        Assert.DoesNotContain(run.Outputs, shown => (string?)shown["output_type"] == "error");
        Assert.Equal("", run.Printed("stderr"));
        foreach (var title in figures) Assert.Contains(run.Figures, shown => shown.StartsWith(title, StringComparison.Ordinal));
        Assert.Equal(videos, run.Videos);
    }

    [Fact]
    public async Task It_runs_without_Jupyter_just_the_same()
    {
        var file = LabFolder.Write(_jupyter.Folder.Path, "01-first-lora.ipynb");
        var (code, output) = await _jupyter.RunAsync("dotnet", DebianJupyter.Program, "notebook", "run", file, "--set", FewSteps);
        Assert.True(code == 0, output);
        var run = RunNotebook.Read(file);
        Assert.DoesNotContain(run.Outputs, shown => (string?)shown["output_type"] == "error");
        Assert.Equal(20, run.Videos);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_says_what_one_will_see_and_how_long_it_takes(string notebook, string[] figures, int videos)
    {
        _ = (figures, videos);
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(LabFolder.Source, notebook)))!;
        Assert.Equal("wanlab-csharp", (string?)json["metadata"]!["kernelspec"]!["name"]);
        var opening = json["cells"]![0]!;
        Assert.Equal("markdown", (string?)opening["cell_type"]);
        Assert.Contains("**Takes** about", RunNotebook.Text(opening["source"]), StringComparison.Ordinal);
    }
}
