using WanLab.Curation.Editing;
using WanLab.Curation.Editing.Applying;
using WanLab.Datasets;

namespace WanLab.Curation.Tests.Editing.Applying;

public sealed class ApplyRunTests : IDisposable
{
    // Made once: starting ffmpeg for each file takes longer than copying it.
    private static readonly Lazy<string> Small = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("wanlab-apply-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return EditClips.Make(Path.Combine(folder, "small.mp4"), 24, "24", "64x48");
    });

    private readonly ApplyFolder _folder = new();

    public ApplyRunTests()
    {
        foreach (var name in (string[])["a b;'ü.mp4", "cut.mp4", "gone.mp4"])
        {
            File.Copy(Small.Value, _folder.At(name));
            File.WriteAllText(_folder.At(Path.ChangeExtension(name, ".txt")), $"caption of {name}");
        }
        _folder.Change("gone.mp4", now => ClipEdits.Drop(now));
        _folder.Edit("cut.mp4", (now, facts) => ClipEdits.Split(now, [10], facts));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_folder_has_copies_parts_and_captions_and_the_originals_stay()
    {
        var before = Hashes(_folder.Clips);
        var result = _folder.Apply();
        Assert.Equal(["a b;'ü.mp4", "a b;'ü.txt", "cut-1.mp4", "cut-1.txt", "cut-2.mp4", "cut-2.txt"], _folder.Names());
        Assert.Equal(File.ReadAllBytes(_folder.At("a b;'ü.mp4")), File.ReadAllBytes(_folder.Made("a b;'ü.mp4")));
        Assert.Equal("caption of cut.mp4", File.ReadAllText(_folder.Made("cut-2.txt")));
        Assert.Equal((3, 0), (result.Written.Count, result.Kept));
        Assert.Equal(before, Hashes(_folder.Clips));
        var dataset = ClipLibrary.Scan(new DatasetOptions { Path = _folder.New, NumFrames = 5, Resolutions = [32] });
        Assert.Equal((3, 0, 0), (dataset.Clips.Count, dataset.Problems.Count, dataset.LeftAside.Count));
    }

    [Fact]
    public void The_record_says_what_each_file_was_made_of_and_how()
    {
        _folder.Apply();
        var origin = _folder.Book(_folder.New).State.Origin!;
        Assert.Equal(("../clips", 2), (origin.Source, origin.SourceRevision));
        Assert.StartsWith("ffprobe version", origin.Ffmpeg);
        var part = origin.Files["cut-2.mp4"];
        Assert.Equal(("cut.mp4", new ClipPart(10, 24) { Crop = new PixelArea(0, 0, 64, 48) }), (part.Source, part.Part));
        Assert.Single(part.Command!, argument => argument.StartsWith("select='between(n,10,23)',", StringComparison.Ordinal));
        Assert.Null(origin.Files["a b;'ü.mp4"].Command);
        Assert.Equal(origin.Files["a b;'ü.mp4"].SourceSha256, origin.Files["a b;'ü.mp4"].Sha256);
        Assert.DoesNotContain(_folder.Clips, File.ReadAllText(_folder.Made("curation.json")));
    }

    [Fact]
    public void The_same_plan_again_writes_nothing_and_from_scratch_the_same_bytes()
    {
        _folder.Apply();
        var first = Hashes(_folder.New);
        var result = _folder.Apply();
        Assert.Equal((0, 3, 0), (result.Written.Count, result.Kept, result.Removed.Count));
        Assert.Equal(first, Hashes(_folder.New));
        Directory.Delete(_folder.New, recursive: true);
        _folder.Apply();
        Assert.Equal(first.Where(file => file.Key != "curation.json"), Hashes(_folder.New).Where(file => file.Key != "curation.json"));
    }

    [Fact]
    public void A_stopped_run_continues_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => _folder.Apply(progress: new Each(done => { if (done.Done == 2) stop.Cancel(); }),
            cancellation: stop.Token));
        Assert.Equal(["a b;'ü.mp4", "cut-1.mp4"], _folder.Names());
        var result = _folder.Apply();
        Assert.Equal((1, 2), (result.Written.Count, result.Kept));
        Assert.Equal("cut-2.mp4", result.Written[0]);
    }

    [Fact]
    public async Task Work_that_is_stopped_within_a_file_leaves_no_half_of_it()
    {
        EditClips.Make(_folder.At("long.mp4"), 600, "24", "640x480");
        _folder.Edit("long.mp4", (now, facts) => ClipEdits.Trim(now, 1, 600, facts));
        using var stop = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(_folder.New).FullName) { EnableRaisingEvents = true };
        watcher.Created += (_, e) =>
        {
            // The three small ones come first, in the order of their names.
            if (UnfinishedFile.Is(e.FullPath) && File.Exists(_folder.Made("cut-2.mp4"))) stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => _folder.Apply(cancellation: stop.Token)));
        Assert.Equal(["a b;'ü.mp4", "cut-1.mp4", "cut-2.mp4"], _folder.Names());
        Assert.Equal(["long.mp4"], _folder.Apply().Written);
    }

    [Fact]
    public void A_file_left_by_a_kill_before_its_record_was_complete_is_written_again()
    {
        _folder.Apply();
        File.Delete(_folder.Made("cut-1.mp4")); // the record is there, the file is not
        File.WriteAllText(_folder.Made(".wanlab-0123456789ab.part"), "half");
        Assert.Equal(["cut-1.mp4"], _folder.Apply().Written);
    }

    [Fact]
    public void A_later_plan_replaces_its_own_files_and_removes_what_is_no_longer_wanted()
    {
        _folder.Apply();
        _folder.Change("cut.mp4", ClipEdits.Reset);
        _folder.Change("gone.mp4", ClipEdits.Restore);
        var result = _folder.Apply();
        Assert.Equal(["cut-1.mp4", "cut-1.txt", "cut-2.mp4", "cut-2.txt"], result.Removed);
        Assert.Equal(["a b;'ü.mp4", "a b;'ü.txt", "cut.mp4", "cut.txt", "gone.mp4", "gone.txt"], _folder.Names());
    }

    [Fact]
    public void What_the_user_has_changed_in_the_new_folder_stays()
    {
        _folder.Apply();
        File.WriteAllText(_folder.Made("cut-1.txt"), "my own");
        Assert.Contains("cut-1.txt: was changed", Assert.Single(_folder.Apply().Notes));
        Assert.Equal("my own", File.ReadAllText(_folder.Made("cut-1.txt")));
        _folder.Change("cut.mp4", now => ClipEdits.Drop(now));
        Assert.Contains("cut-1.txt: belongs to an earlier plan", Assert.Single(_folder.Apply().Notes));
        Assert.True(File.Exists(_folder.Made("cut-1.txt")));
        File.WriteAllText(_folder.Made("a b;'ü.mp4"), "no clip");
        Assert.Contains("would be written over", Assert.Throws<WanLabException>(() => _folder.Apply()).Message);
        Assert.Equal("no clip", File.ReadAllText(_folder.Made("a b;'ü.mp4")));
    }

    [Fact]
    public void A_folder_of_somebody_else_is_refused_and_stays_as_it_is()
    {
        Directory.CreateDirectory(_folder.New);
        File.WriteAllText(_folder.Made("thesis.doc"), "years");
        Assert.Contains("thesis.doc", Assert.Throws<WanLabException>(() => _folder.Apply()).Message);
        Assert.Equal(["thesis.doc"], _folder.Names());
        Assert.Contains("the folder of the originals", Assert.Throws<WanLabException>(() => ApplyPlanner.Plan(_folder.Book(), _folder.Clips,
            new ApplyOptions(), _ => throw new InvalidOperationException())).Message);
    }

    [Fact]
    public void Problems_are_all_said_and_nothing_is_written()
    {
        _folder.Change("a b;'ü.mp4", now => now with { Name = "CUT-1" });
        _folder.Change("gone.mp4", now => new ClipCuration { Parts = [new ClipPart(3, 99)] });
        _folder.Change("never.mp4", now => now with { Name = "b" });
        var message = Assert.Throws<WanLabException>(() => _folder.Apply()).Message;
        Assert.Contains("would all be written to it", message);
        Assert.Contains("has 24 frames, and a part of it reaches to frame 98", message);
        Assert.Contains("never.mp4: has edits, but there is no such clip", message);
        Assert.False(Directory.Exists(_folder.New));
    }

    [Fact]
    public void A_renamed_clip_keeps_its_bytes_and_takes_its_caption_along()
    {
        _folder.Change("a b;'ü.mp4", now => ClipEdits.Rename(now, "red house"));
        _folder.Apply();
        Assert.Equal(File.ReadAllBytes(_folder.At("a b;'ü.mp4")), File.ReadAllBytes(_folder.Made("red house.mp4")));
        Assert.Equal("caption of a b;'ü.mp4", File.ReadAllText(_folder.Made("red house.txt")));
    }

    private static Dictionary<string, string> Hashes(string folder) => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileName(file), Content.FileHashes.Hash);

    private sealed class Each(Action<ApplyProgress> action) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value) => action(value);
    }
}
