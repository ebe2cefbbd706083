using WanLab.Jobs;
using WanLab.Training;

namespace WanLab.Tests.Jobs;

/// <summary>A folder with a dataset, a control image and a model folder, for jobs to name.</summary>
public sealed class JobFolder : IDisposable
{
    public const string Minimal = """
        job:
          name: walk
        training:
          optimizer: adamw
        datasets:
          - path: clips

        """;

    public JobFolder()
    {
        Root = Directory.CreateTempSubdirectory("wanlab-jobs-").FullName;
        Directory.CreateDirectory(At("clips"));
        Directory.CreateDirectory(At("model"));
        File.WriteAllText(At("start.png"), "");
    }

    public string Root { get; }

    public string At(string name) => Path.Combine(Root, name);

    public JobReading Parse(string yaml, params string[] overrides) => JobReader.Parse(yaml, At("job.yaml"), overrides);

    /// <summary>The job of a file that may have warnings, but no errors.</summary>
    public TrainingJob Job(string yaml, params string[] overrides)
    {
        var reading = Parse(yaml, overrides);
        Assert.True(reading.Job is not null, string.Join('\n', reading.Problems));
        return reading.Job;
    }

    /// <summary>All problems as text, without this folder's name.</summary>
    public string Problems(string yaml, params string[] overrides) =>
        string.Join('\n', Parse(yaml, overrides).Problems).Replace(Root + Path.DirectorySeparatorChar, "");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
