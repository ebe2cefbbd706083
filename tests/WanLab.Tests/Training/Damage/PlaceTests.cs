using WanLab.Content;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Runs.Control;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training.Damage;

/// <summary>Places that cannot be written, clips that cannot be used, a cache that is cleaned too early, other threads.</summary>
public sealed class PlaceTests(StoppedRun stopped) : TensorTest, IClassFixture<StoppedRun>
{
    private MiniRun Mini => stopped.Mini;

    [Fact]
    public void A_cache_that_cannot_be_written_ends_the_preparation_and_is_no_bad_clip()
    {
        File.WriteAllText(Mini.At("no-folder"), "");
        var events = new List<RunEvent>();
        var job = Mini.Job("full");
        var error = Assert.Throws<WanLabException>(() => new Trainer(job, Mini.Model, RunFolder.Open(job.Output, job.Name),
            new TrainerRuntime { CacheFolder = Mini.At("no-folder"), Report = events.Add }).Run(default));
        Assert.Contains("The cache folder", error.Message);
        Assert.Contains("WANLAB_CACHE", error.Message);
        Assert.DoesNotContain(events, e => e is DataReady);
    }

    [Fact]
    public void A_store_that_fails_while_a_clip_is_encoded_is_no_bad_clip_either()
    {
        // Captions are found in the cache; the folder of a clip's entry cannot be made.
        var cache = Mini.At("half-full");
        var job = Mini.Job("half") with { Datasets = [Mini.Job("").Datasets[0] with { Path = Mini.At("one") }] };
        using (Preparation.Run(job, Mini.Model, cache, _ => { }, default))
        {
        }
        foreach (var entry in ContentListing.Of(cache).Where(entry => entry.Bytes > 3_000)) // windows of clips; captions are smaller
        {
            var shard = Path.GetDirectoryName(entry.File)!;
            if (!Directory.Exists(shard)) continue;
            Directory.Delete(shard, recursive: true);
            File.WriteAllText(shard, "");
        }
        Assert.Throws<WanLabException>(() => Preparation.Run(job, Mini.Model, cache, _ => { }, default).Dispose());
    }

    [Fact]
    public void More_than_a_tenth_of_the_clips_is_only_left_out_with_consent_and_only_once()
    {
        var clips = Mini.At("some-bad");
        for (var k = 0; k < 3; k++) Mini.WriteClip(clips, $"m{k}", 60 + k);
        Mini.WriteClip(clips, "broken", 70);
        File.WriteAllText(Path.Combine(clips, "broken.mp4"), "no clip");
        var job = Mini.Job("missing") with { Datasets = [Mini.Job("").Datasets[0] with { Path = clips }] };
        var error = Assert.Throws<MissingClipsException>(() => Mini.Train(job));
        Assert.Contains("1 of 4 clips cannot be used", error.Message);
        Assert.Contains("broken.mp4", error.Message);
        Assert.Contains("--allow-missing", error.Message);

        var questions = new List<string>();
        var (steps, folder) = Train(job, questions, resume: false);
        Assert.Equal(8, steps);
        Assert.Contains("1 of 4", Assert.Single(questions));
        Assert.Equal(8, Train(job, questions, resume: true).Steps);
        Assert.Single(questions); // who resumes a run has agreed before
        Assert.True(File.Exists(folder.DataFile));
    }

    [Fact]
    public void A_cache_that_is_deleted_during_a_run_is_encoded_again_to_the_same_bits()
    {
        var job = stopped.Mini.Job("run") with
        {
            Output = Mini.At("cleaned"),
            Datasets = [Mini.Job("").Datasets[0] with { Path = Mini.At("one"), FrameSampling = FrameSampling.Head }],
        };
        var cache = Mini.At("cache-of-its-own");
        var events = new List<RunEvent>();
        var folder = RunFolder.Open(job.Output, job.Name);
        new Trainer(job, Mini.Model, folder, new TrainerRuntime
        {
            CacheFolder = cache,
            Report = e =>
            {
                events.Add(e);
                if (e is StepDone { Record.Step: 2 or 5 }) Directory.Delete(cache, recursive: true);
            },
        }).Run(default);
        stopped.AssertSameAdapters(folder);
        Assert.Single(events.OfType<RunWarning>(), w => w.Message.Contains("deleted from the cache"));
    }

    [Fact]
    public void A_run_keeps_its_number_of_threads_and_says_so_when_it_cannot()
    {
        var folder = stopped.Copy();
        var (job, _) = JobReader.Resumed(folder, []);
        Assert.Equal(1, TrainingState.ThreadsOf(folder.States.Newest(Assert.Fail)!));
        var events = new List<RunEvent>();
        var runtime = new TrainerRuntime { CacheFolder = Mini.Cache, Resume = true, Report = events.Add };
        new Trainer(job, Mini.Model, folder, runtime with { Threads = 2 }).Run(default);
        Assert.Single(events.OfType<RunWarning>(), w => w.Message.Contains("--threads 1 so far and continues with 2"));
        Assert.Equal(2, TrainingState.ThreadsOf(folder.States.Newest(Assert.Fail)!));

        Runtime.Threads = 1;
        events.Clear();
        new Trainer(job, Mini.Model, folder, runtime).Run(default);
        Assert.Equal(2, Runtime.Threads);
        Assert.DoesNotContain(events.OfType<RunWarning>(), warning => warning.Message.Contains("thread"));
    }

    [Fact]
    public void A_run_that_was_stopped_while_preparing_resumes()
    {
        using var stop = new CancellationTokenSource();
        var job = Mini.Job("prepared") with { Model = new ModelOptions { Path = new ModelPath { Folder = Mini.At("model") } } };
        var folder = RunFolder.At(job.Output, job.Name);
        Assert.Throws<OperationCanceledException>(() =>
            Mini.Train(job, cancellation: stop.Token, also: e => { if (e is PreparationProgress) stop.Cancel(); }));
        Assert.False(folder.HasRun);
        Assert.Equal(8, stopped.Resume(folder).Steps);
    }

    [Fact]
    public void Reading_a_run_writes_nothing_and_any_number_may_ask_whether_it_is_running()
    {
        var folder = stopped.Copy();
        var victim = Mini.At("victim");
        File.WriteAllText(victim, "precious");
        foreach (var name in (string[])[".probe", ".lock"])
        {
            File.Delete(Path.Combine(folder.Path, name));
            File.CreateSymbolicLink(Path.Combine(folder.Path, name), victim);
        }
        var before = Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order().ToList();
        var again = RunFolder.Existing(folder.Path);
        Assert.Equal(6, RunReader.Open(again).Steps[^1].Step);
        Parallel.For(0, 8, _ =>
        {
            for (var k = 0; k < 50; k++) Assert.False(again.IsRunning);
        });
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Order());
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [Fact]
    public void A_refused_start_leaves_no_folder()
    {
        var job = Mini.Job("mistyped") with { Output = Mini.At("nowhere") };
        var remedies = new StartRemedies("start", "resume", "fresh");
        Assert.Contains("There is no run", Assert.Throws<WanLabException>(() => RunStart.Folder(job, StartMode.Resume, remedies)).Message);
        Assert.False(Directory.Exists(job.Output));
    }

    [Fact]
    public void An_order_is_answered_whatever_happens()
    {
        var control = new RunControl();
        var files = new ControlFolder(Mini.At("orders"));
        var loop = new CommandLoop(control, files, _ => { })
        {
            Save = _ => throw new IOException("disk on fire"),
            Sample = _ => { },
            SetLearningRate = (_, _) => { },
        };
        var answer = control.SaveNow();
        Assert.Throws<IOException>(() => loop.Obey(3, default));
        Assert.Equal("disk on fire", Assert.Throws<AggregateException>(answer.Wait).InnerException!.Message);

        // One that was withdrawn, or is no file, is no order.
        Directory.CreateDirectory(Mini.At("orders/1.command"));
        File.CreateSymbolicLink(Mini.At("orders/2.command"), Mini.At("gone"));
        Assert.True(loop.Obey(4, default));
    }

    private (int Steps, RunFolder Folder) Train(TrainingJob job, List<string> questions, bool resume)
    {
        var folder = RunFolder.Open(job.Output, job.Name);
        return (new Trainer(job, Mini.Model, folder, new TrainerRuntime
        {
            CacheFolder = Mini.Cache,
            Resume = resume,
            AllowMissing = question =>
            {
                questions.Add(question);
                return true;
            },
        }).Run(default), folder);
    }
}
