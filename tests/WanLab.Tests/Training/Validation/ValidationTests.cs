using System.Text.Json;
using WanLab.Adapters;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training.Validation;

public sealed class ValidationTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Fact]
    public void Held_out_clips_are_measured_against_the_base_model_and_never_trained_on()
    {
        var (_, events, folder) = run.Train(Job("share", Clips(6)) with { Validation = new() { Every = 4, Holdout = 0.4 } });

        var held = events.OfType<ClipsHeldOut>().Single().Clips;
        Assert.Equal(2, held.Count);
        Assert.Equal(4, events.OfType<DataReady>().Single().Clips);
        Assert.DoesNotContain(DataRecord.Read(folder.DataFile, Assert.Fail)!.Items.Keys, item => held.Any(item.EndsWith));

        var records = events.OfType<ValidationDone>().Select(e => e.Record).ToList();
        Assert.Equal([(4, Expert.High), (4, Expert.Low), (8, Expert.High), (8, Expert.Low)], records.Select(r => (r.Step, r.Expert)));
        Assert.All(records, r =>
        {
            Assert.Equal(r.Loss - r.BaseLoss, r.Difference, 9);
            Assert.NotEqual(0, r.Difference);
            Assert.InRange(r.Difference, r.Lower!.Value, r.Upper!.Value);
            Assert.Equal(r.Expert == Expert.High ? [.98, .96, .94, .92] : [.85, .70, .50, .30, .15], r.Sigmas.Select(s => s.Sigma));
        });
        Assert.Equal(records[0].BaseLoss, records[2].BaseLoss); // measured once

        var logged = File.ReadLines(folder.EventsFile)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(e => e.GetProperty("event").GetString() == "validation_done")
            .ToList();
        Assert.Equal(4, logged.Count);
        Assert.Equal(records[1].Difference, logged[1].GetProperty("record").GetProperty("difference").GetDouble());
        Assert.Equal(8, File.ReadLines(folder.MetricsFile).Count());
        Assert.Equivalent(records, RunReader.Open(folder).Validation, strict: true);
    }

    [Fact]
    public void A_held_out_clip_under_another_name_is_not_trained_on()
    {
        var (clips, other) = (Directory.CreateDirectory(run.At("copied")).FullName, Directory.CreateDirectory(run.At("outside")).FullName);
        foreach (var file in Directory.GetFiles(Clips(6))) File.Copy(file, Path.Combine(clips, Path.GetFileName(file)));
        File.Copy(Path.Combine(clips, "c3.mp4"), Path.Combine(other, "renamed.mp4"));
        File.Copy(Path.Combine(clips, "c3.txt"), Path.Combine(other, "renamed.txt"));

        var error = Assert.Throws<WanLabException>(
            () => run.Train(Job("refused", clips) with { Validation = new() { Every = 4, Holdout = other } }));
        Assert.Contains("1 of the 1 clips", error.Message);
        Assert.Contains("renamed.mp4 is ", error.Message);
        Assert.Contains("c3.mp4", error.Message);

        foreach (var k in (int[])[0, 1, 2, 3, 4, 5])
        {
            File.Copy(Path.Combine(clips, $"c{k}.mp4"), Path.Combine(clips, $"z{k}.mp4"));
            File.Copy(Path.Combine(clips, $"c{k}.txt"), Path.Combine(clips, $"z{k}.txt"));
        }
        var (_, events, folder) = run.Train(Job("twice", clips) with { Validation = new() { Every = 4, Holdout = 0.1 } });
        var held = Assert.Single(events.OfType<ClipsHeldOut>().Single().Clips);
        var trained = DataRecord.Read(folder.DataFile, Assert.Fail)!.Items.Keys;
        Assert.DoesNotContain(trained, item => item.EndsWith($"{held[1]}.mp4", StringComparison.Ordinal)); // c3 and z3
        Assert.Equal(10, trained.Count());
        Assert.Contains(events.OfType<RunWarning>(), warning => warning.Message.Contains("holds the same clip as"));
    }

    [Fact]
    public void Validation_changes_nothing_of_the_training()
    {
        var clips = Clips(6);
        var job = Job("quiet", clips) with { Validation = new() { Every = 100, Holdout = 0.2 } };
        var (_, _, quiet) = run.Train(job);
        var (_, _, often) = run.Train(job with { Name = "often", Validation = job.Validation with { Every = 1 } });
        Assert.Equal(Losses(quiet), Losses(often));
    }

    [Fact]
    public void A_new_adapter_is_the_base_model_to_the_bit()
    {
        using var model = run.Model.OpenExpert(Expert.High);
        using var adapter = LoraAdapter.Create(MiniRun.Config, new TargetOptions { Rank = 4 }, 1);
        var (data, texts, heldOut, _) = Preparation.Run(Job("same", Clips(6)), run.Model, run.Cache, _ => { }, default);
        Assert.NotNull(data);
        var loss = new HeldOutLoss(heldOut, texts.Load, 42);
        var with = loss.Measure(model, adapter, [0.95, 0.5], default);
        Assert.Equal(loss.Measure(model, null, [0.95, 0.5], default), with);
        Assert.Equal(with, loss.Measure(model, adapter, [0.95, 0.5], default));
        Assert.NotEqual(with, new HeldOutLoss(heldOut, texts.Load, 43).Measure(model, adapter, [0.95, 0.5], default));
    }

    [Fact]
    public void A_folder_of_its_own_serves_too()
    {
        var clips = Clips(6);
        var (_, events, _) = run.Train(Job("folder", run.At("clips")) with { Validation = new() { Every = 8, Holdout = clips } });
        Assert.Equal(6, events.OfType<ClipsHeldOut>().Single().Clips.Count);
        Assert.Equal(3, events.OfType<DataReady>().Single().Clips);
        Assert.All(events.OfType<ValidationDone>(), e => Assert.Equal(6, e.Record.Clips));
    }

    [Fact]
    public void A_folder_that_is_trained_on_is_refused()
    {
        var job = Job("same-folder", Clips(6));
        var error = Assert.Throws<WanLabException>(
            () => run.Train(job with { Validation = new() { Every = 8, Holdout = job.Datasets[0].Path } }));
        Assert.Contains("is one of the datasets", error.Message);
    }

    [Fact]
    public void Too_few_clips_are_all_trained_on_and_it_is_said()
    {
        var (_, events, _) = run.Train(Job("few", run.At("clips")) with { Validation = new() { Every = 2 } });
        Assert.Equal(3, events.OfType<DataReady>().Single().Clips);
        Assert.Empty(events.OfType<ValidationDone>());
        Assert.Single(events.OfType<RunWarning>(), w => w.Message.Contains("fewer than 5 clips"));
    }

    private TrainingJob Job(string name, string clips)
    {
        var job = run.Job(name);
        return job with { Datasets = [job.Datasets[0] with { Path = clips }] };
    }

    private string Clips(int count)
    {
        var folder = run.At($"clips{count}");
        if (!Directory.Exists(folder))
            for (var k = 0; k < count; k++) run.WriteClip(folder, $"c{k}", 20 + k);
        return folder;
    }

    private static List<double> Losses(RunFolder folder) =>
        [.. File.ReadLines(folder.MetricsFile).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("loss").GetDouble())];
}
