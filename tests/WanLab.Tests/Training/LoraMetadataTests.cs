using System.Text.RegularExpressions;
using WanLab.Adapters;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class LoraMetadataTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void A_file_says_what_it_is_in_the_fields_that_catalogues_show()
    {
        var metadata = Metadata(run.Job("orbit") with { TriggerWord = "orbx" }, Expert.Low);
        Assert.Equal("low_noise", metadata["expert"]);
        Assert.Equal("orbit (low_noise)", metadata["modelspec.title"]);
        Assert.Equal("mini/lora", metadata["modelspec.architecture"]);
        Assert.Equal("2026-05-01", metadata["modelspec.date"]);
        Assert.Equal("orbx", metadata["modelspec.trigger_phrase"]);
        Assert.Equal("0,900", metadata["modelspec.timestep_range"]);
        Assert.Equal(("8", "2", "2"), (metadata["ss_steps"], metadata["ss_network_dim"], metadata["ss_network_alpha"]));
        Assert.DoesNotContain("modelspec.trigger_phrase", Metadata(run.Job("orbit"), Expert.High).Keys);
    }

    [Fact]
    public void No_path_of_this_machine_is_in_a_file_and_its_job_still_reads_back()
    {
        var job = JobReader.Check(run.Job("orbit")).Job;
        var metadata = Metadata(job, Expert.High);
        Assert.DoesNotContain(metadata.Values, value => value.Contains(run.Folder, StringComparison.Ordinal));
        Assert.DoesNotContain(metadata.Values, value => value.Contains(Path.GetTempPath(), StringComparison.Ordinal));

        var folder = RunFolder.At(job.Output, job.Name);
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.JobFile, metadata["job"]);
        var again = JobReader.Load(folder.JobFile, folder.Place).Job;
        Assert.Equal(JobWriter.Write(job with { Output = again.Output }), JobWriter.Write(again));
    }

    [Theory]
    [InlineData("/data/runs/orbit", "/home/anna/clips", "clips")]
    [InlineData("/home/anna/runs/orbit", "/home/ben/clips", "clips")]
    [InlineData("/home/anna/runs/orbit", "/home/anna/clips", "../../clips")]
    [InlineData("/home/anna/runs/orbit", "/home/anna/runs/orbit/clips", "clips")]
    public void A_folder_in_quite_another_place_is_named_without_its_way(string run, string clips, string written)
    {
        var job = new TrainingJob { Name = "orbit", Datasets = [new() { Path = clips }] };
        Assert.Matches($"path: [\"']?{Regex.Escape(written)}[\"']?\n", JobWriter.WriteRelative(job, run));
    }

    [Fact]
    public void The_hash_is_that_of_the_tensors_and_does_not_depend_on_the_text()
    {
        using var folder = new TempFolder();
        using var adapter = LoraAdapter.From([new LoraModule("blocks.0.ffn.0", Tensor.Full([2, 48], 1), Tensor.Full([64, 2], 2), 1)]);
        LoraFile.Write(folder["a.safetensors"], adapter, DType.BFloat16, new Dictionary<string, string> { ["title"] = "a" });
        LoraFile.Write(folder["b.safetensors"], adapter, DType.BFloat16, new Dictionary<string, string> { ["title"] = "another" });
        var hashes = new[] { "a", "b" }
            .Select(name => SafetensorsFile.Open(folder[$"{name}.safetensors"]).Metadata["sshs_model_hash"])
            .ToList();

        var bytes = File.ReadAllBytes(folder["a.safetensors"]);
        var data = bytes[(8 + BitConverter.ToInt32(bytes))..];
        Assert.All(hashes, hash => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(data)), hash));
        Assert.Equal($"0x{hashes[0]}", SafetensorsFile.Open(folder["a.safetensors"]).Metadata["modelspec.hash_sha256"]);
    }

    private Dictionary<string, string> Metadata(TrainingJob job, Expert expert) => LoraMetadata.Of(job, run.Model,
        RunFolder.At(job.Output, job.Name), 8, expert, [new("blocks.0.ffn.0", Tensor.Zeros([2, 48]), Tensor.Zeros([64, 2]), 1)],
        new(2026, 5, 1));
}
