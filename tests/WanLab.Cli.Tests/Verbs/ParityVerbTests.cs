using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class ParityVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-").FullName;

    public ParityVerbTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests/goldens"), "i2v-pipeline-tiny.*"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_output_has_a_line_and_the_last_one_counts()
    {
        var run = await CliRun.OfAsync(["parity", _folder]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Out.TrimEnd().Split('\n');
        Assert.Equal(["out.y", "timesteps", "experts", "out.latent", "out.video"],
            lines[..^1].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        Assert.All(lines[..^1], line => Assert.Matches(@"^i2v-pipeline-tiny +\S+ +\d\.\de[+-]\d\d  ok$", line));
        Assert.Equal("5 passed, 0 failed", lines[^1]);
    }

    [Fact]
    public async Task An_error_above_the_tolerance_fails_the_run()
    {
        var run = await CliRun.OfAsync(["parity", _folder, "--tolerance", "1e-12"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("  FAIL", run.Out);
        Assert.Matches(@"\d passed, [1-3] failed", run.Out);
    }

    [Fact]
    public async Task A_folder_without_cases_is_an_error() =>
        Assert.Equal(1, (await CliRun.OfAsync(["parity", Path.Combine(_folder, "none")])).ExitCode);
}
