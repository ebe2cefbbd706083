using System.Text;
using WanLab.Jobs;
using WanLab.Testing;

namespace WanLab.Tests.Jobs;

/// <summary>Changed job files are read, written and read again to the same, or refused with problems.</summary>
public sealed class JobFuzzTests : IDisposable
{
    private const string Sample = """
        job: {name: walk, trigger_word: "w\u00e4lk", output: runs, seed: 7}
        training: &t {steps: 20, learning_rate: {high: 1e-4, low: 2e-4}, optimizer: adamw}
        multistage: {switch_every: 5, high_share: 0.5}
        datasets:
          - path: clips
            resolutions: [512, 768]
            num_frames: 41
            default_caption: '[trigger] walks'
        sample:
          every: 10
          prompts:
            - {prompt: "a cat", image: start.png, seed: 3}
        validation: {every: 0, holdout: 0.1}

        """;

    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_job_is_read_or_has_problems()
    {
        var (good, file) = (0, _folder.At("job.yaml"));
        foreach (var bytes in Mutations.Of(Encoding.UTF8.GetBytes(Sample), 4, 4_000))
        {
            File.WriteAllBytes(file, bytes);
            var reading = JobReader.Read(file);
            Assert.InRange(reading.Problems.Count, 0, 51);
            if (reading.Job is not { } job)
            {
                Assert.NotEmpty(reading.Errors);
                continue;
            }
            good++;
            var written = WanLab.Training.JobWriter.Write(job);
            Assert.Equal(written, WanLab.Training.JobWriter.Write(JobReader.Parse(written, file).Job!));
        }
        Assert.InRange(good, 1, int.MaxValue);
    }
}
