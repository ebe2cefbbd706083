using WanLab.Jobs;
using WanLab.Runs;

namespace WanLab.Tests.Jobs;

/// <summary>A folder in the place of a job file.</summary>
public sealed class JobFolderTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_answered_with_what_was_probably_meant()
    {
        var empty = Directory.CreateDirectory(_folder.At("empty")).FullName;
        Assert.Equal($"{empty}: error: is a folder; name the job file in it", Problem(empty));

        var dataset = Directory.CreateDirectory(_folder.At("set")).FullName;
        File.WriteAllText(Path.Combine(dataset, "job.yaml"), "job: {name: x}");
        Assert.Equal($"{dataset}: error: is a folder; did you mean {dataset}/job.yaml?", Problem(dataset));

        var run = RunFolder.Open(_folder.At("runs"), "walk");
        File.WriteAllText(run.JobFile, "job: {name: x}");
        File.WriteAllText(run.MetricsFile, "");
        Assert.Equal($"{run.Path}: error: is the folder of a run; continue that run with: wanlab resume {run.Path}", Problem(run.Path));
    }

    private static string Problem(string path) => Assert.Single(JobReader.Read(path).Problems).ToString();
}
