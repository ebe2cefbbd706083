using WanLab.Jobs;
using WanLab.Models;
using WanLab.Models.Text;
using WanLab.Models.Weights;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Kept;

/// <summary>
/// Files that version 0.1.0 wrote (Kept/0.1.0): a small model, clips, the cache of their encodings, and a run of 8 steps that was
/// stopped after 6. Later versions must resume such a run and find what was encoded. The place names in the files are not those here.
/// </summary>
public sealed class KeptRunTests : TensorTest
{
    private static readonly string Kept = Path.Combine(Repository.Root, "tests", "WanLab.Tests", "Kept", "0.1.0");

    [Fact]
    public void A_run_of_an_earlier_version_resumes_on_its_cache_to_its_last_step()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        foreach (var file in Directory.GetFiles(Kept, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Kept, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        WriteVocabulary(Path.Combine(folder, "model", "tokenizer"));
        var run = Path.Combine(folder, "run");
        var before = File.ReadAllLines(Path.Combine(run, "metrics.jsonl"));
        Assert.Equal(6, before.Length);
        var job = JobReader.Resumed(RunFolder.Existing(run),
        [
            $"model.path={Path.Combine(folder, "model")}", $"datasets.0.path={Path.Combine(folder, "clips")}",
            $"sample.prompts.0.image={Path.Combine(folder, "start.png")}",
        ]).Job;
        Assert.Equal(4, job.Datasets[0].NativeWindows); // as that version had it
        // The checkpoints carry the name that the run had.
        foreach (var file in Directory.GetFiles(Path.Combine(run, "checkpoints"))) File.Move(file, file.Replace("kept_", "run_"));

        var events = new List<RunEvent>();
        var model = BaseModel.Open(ModelLayout.FromFolder(Path.Combine(folder, "model")), "mini", compute: null);
        var steps = new Trainer(job, model, RunFolder.Open(folder, "run"),
            new TrainerRuntime { CacheFolder = Path.Combine(folder, "cache"), Report = events.Add, Resume = true })
            .Run(CancellationToken.None);

        Assert.Equal(8, steps);
        Assert.Equal(6, Assert.Single(events.OfType<RunResumed>()).Step);
        var data = Assert.Single(events.OfType<DataReady>());
        Assert.Equal(3, data.Clips);
        Assert.Equal(0, data.Encoded); // the windows that are drawn are those that were cached
        Assert.InRange(data.FromCache, 5, 16);
        Assert.DoesNotContain(events.OfType<RunWarning>(), w => w.Message.Contains("window", StringComparison.Ordinal));
        var after = File.ReadAllLines(Path.Combine(run, "metrics.jsonl"));
        Assert.Equal(before, after[..6]);
        Assert.Equal(8, after.Length);
        Assert.True(File.Exists(Path.Combine(run, "samples", "000000008", "00.mp4")));
    }

    private static void WriteVocabulary(string folder)
    {
        Directory.CreateDirectory(folder);
        using var vocabulary = typeof(WanTokenizer).Assembly.GetManifestResourceStream("WanLab.Models.Tiny.spiece.model")!;
        using var file = File.Create(Path.Combine(folder, "spiece.model"));
        vocabulary.CopyTo(file);
    }
}
