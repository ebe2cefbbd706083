using System.Net;
using System.Net.Sockets;
using WanLab.Cli.Serving;
using WanLab.Cli.Verbs;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Serving;

public sealed class LabFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_folder_gets_all_notebooks_and_examples_and_jobs_are_found_from_it()
    {
        var folder = _folder["lab"];
        var added = LabFolder.Fill(Repository.Root, folder);
        Assert.Equal(13, added.Count);
        Assert.Contains(Path.Combine("datasets-example", "orbit"), added);
        var texts = Directory.GetFiles(folder, "*.ipynb").Select(File.ReadAllText).ToList();
        Assert.Equal(9, texts.Count);
        Assert.All(texts, text => Assert.DoesNotContain("../datasets-example", text, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("datasets-example/orbit/job.yaml", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, "datasets-example", "orbit", "job.yaml")));
        var launcher = Path.Combine(Repository.Root, "wanlab");
        Assert.Contains(texts, text => text.Contains($"{launcher} recipe motion", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains($"{launcher} ctl runs/motion pause", StringComparison.Ordinal));
        Assert.Empty(LabFolder.Fill(Repository.Root, folder));
    }

    [Fact]
    public void What_the_user_has_changed_stays_and_what_was_deleted_comes_back()
    {
        var folder = _folder["lab"];
        LabFolder.Fill(Repository.Root, folder);
        var (mine, job) = (Path.Combine(folder, "01-first-lora.ipynb"), Path.Combine(folder, "datasets-example", "orbit", "job.yaml"));
        File.WriteAllText(mine, "mine");
        File.WriteAllText(job, "mine too");
        File.Delete(Path.Combine(folder, "07-comparing-experiments.ipynb"));
        Directory.CreateDirectory(Path.Combine(folder, "datasets-example", "neon.unfinished")); // a copy that was interrupted
        Directory.Delete(Path.Combine(folder, "datasets-example", "neon"), recursive: true);

        Assert.Equal(["07-comparing-experiments.ipynb", Path.Combine("datasets-example", "neon")],
            LabFolder.Fill(Repository.Root, folder));
        Assert.Equal(("mine", "mine too"), (File.ReadAllText(mine), File.ReadAllText(job)));
        Assert.Equal(["frung", "neon", "orbit", "raw"],
            Directory.GetDirectories(Path.Combine(folder, "datasets-example")).Select(path => Path.GetFileName(path)!).Order());
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_an_error()
    {
        var file = _folder.Write("file", "");
        var error = Assert.Throws<WanLabException>(() => LabFolder.Fill(Repository.Root, Path.Combine(file, "lab")));
        Assert.StartsWith(Path.Combine(file, "lab"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notebooks_are_found_above_the_build()
    {
        Assert.Equal(Repository.Root, LabFolder.Source(AppContext.BaseDirectory));
        Assert.Contains("in no folder above it", Assert.Throws<WanLabException>(() => LabFolder.Source(_folder.Path)).Message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_only_when_it_was_asked_for()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        Assert.False(LabServer.IsFree(port));
        var run = await CliRun.OfAsync(["lab", _folder.Path, "--port", $"{port}"], LabVerb.Create);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Port {port} is taken", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_and_here_are_not_given_together()
    {
        var run = await CliRun.OfAsync(["lab", _folder.Path, "--here"], LabVerb.Create);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not both", run.Error, StringComparison.Ordinal);
    }
}
