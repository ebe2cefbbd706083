using Microsoft.Extensions.Time.Testing;
using WanLab.Curation.Captioning;
using WanLab.Datasets;

namespace WanLab.Curation.Tests.Captioning;

public sealed class CaptionHistoryTests : IDisposable
{
    private readonly CaptionSet _set = new("a.mp4", "b.mp4");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string Path => _set.Folder.Path;

    public void Dispose() => _set.Dispose();

    private void Write(string a, string b)
    {
        CaptionWriter.Write(Path, CaptionEdit.Plan(_set.Read().Clips, clip => clip.Name == "a.mp4" ? a : b), _time);
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    private string[] Now() => [CaptionFile.Text(_set.Folder["a.txt"]) ?? "(none)", CaptionFile.Text(_set.Folder["b.txt"]) ?? "(none)"];

    [Fact]
    public void Steps_are_undone_from_the_newest_to_files_that_were_not_there()
    {
        Write("one", "uno");
        Write("two", "uno");
        Write("three", "tres");
        Assert.Equal(["three", "tres"], Now());

        Assert.Equal(["b.mp4", "a.mp4"], CaptionWriter.Undo(Path, _time).Select(change => change.Clip));
        Assert.Equal(["two", "uno"], Now());
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["one", "uno"], Now());
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["(none)", "(none)"], Now());
        var nothing = Assert.Throws<WanLabException>(() => CaptionWriter.Undo(Path, _time));
        Assert.Contains("there is no change of a caption to undo", nothing.Message);

        Write("again", "y");
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["(none)", "(none)"], Now());
        Assert.Equal([1, 1, 2, 3, 3, 4, 4, 5, 6, 6, 7, 7, 8, 8], CaptionHistory.Read(Path).Select(change => change.Step));
        Assert.Equal(_time.Start, CaptionHistory.Read(Path)[0].Time);
    }

    [Fact]
    public void Half_a_line_of_a_killed_process_is_passed_over()
    {
        Write("one", "uno");
        File.AppendAllText(CaptionHistory.File(Path), """{"clip":"a.mp4","fi""");
        Assert.Equal(2, CaptionHistory.Read(Path).Count);
        Write("two", "uno");
        Assert.Equal([1, 1, 2], CaptionHistory.Read(Path).Select(change => change.Step));
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["one", "uno"], Now());
    }

    [Fact]
    public void A_step_that_was_cut_off_between_history_and_captions_is_undone_as_far_as_it_was_written()
    {
        Write("one", "uno");
        CaptionHistory.Add(Path, [new("a.mp4", "a.txt", "one", "two", default), new("b.mp4", "b.txt", "uno", "dos", default)]);
        CaptionFile.Write(_set.Folder["a.txt"], "two"); // killed here
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["one", "uno"], Now());

        CaptionHistory.Add(Path, [new("a.mp4", "a.txt", "one", "two", default)]); // killed before any
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["one", "uno"], Now());
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["(none)", "(none)"], Now());
    }

    [Fact]
    public void A_caption_that_somebody_else_changed_since_is_not_lost()
    {
        Write("one", "uno");
        Write("two", "dos");
        _set.Folder.Write("b.txt", "by an editor");
        var error = Assert.Throws<WanLabException>(() => CaptionWriter.Undo(Path, _time));
        Assert.Contains("b.txt: was changed since", error.Message);
        Assert.Contains("Before step 2 it was: uno", error.Message);
        Assert.Equal(["two", "by an editor"], Now());

        var plan = CaptionEdit.Plan(_set.Read().Clips, _ => "three");
        _set.Folder.Write("a.txt", "meanwhile");
        var meanwhile = Assert.Throws<WanLabException>(() => CaptionWriter.Write(Path, plan, _time));
        Assert.Contains("was changed by another program", meanwhile.Message);
        Assert.Equal(["meanwhile", "by an editor"], Now());
    }

    [Fact]
    public void A_history_names_no_file_outside_of_the_folder()
    {
        using var other = new TempFolder();
        var file = other.Write("x.txt", "two");
        CaptionHistory.Add(Path, [new("a.mp4", file, "one", "two", default)]);
        Assert.Throws<WanLabException>(() => CaptionWriter.Undo(Path, _time));
        Assert.Equal("two", File.ReadAllText(file));
    }

    [Fact]
    public void Drafts_stay_apart_until_they_are_accepted_and_accepting_can_be_undone()
    {
        Write("one", "uno");
        var book = DraftBook.Read(Path);
        book.Add(Draft("a.mp4", "k1", "older"));
        book.Add(Draft("a.mp4", "k2", "a draft"));
        book.Add(Draft("b.mp4", "k3", "ein Entwurf"));
        Assert.Equal(["one", "uno"], Now());

        book = DraftBook.Read(Path);
        Assert.Equal(("a draft", true, false), (book.Open("a.mp4")?.Text, book.Has("k1", "a.mp4"), book.Has("k1", "b.mp4")));
        Assert.Equal("a.mp4", Assert.Single(book.Accept(_set.Read(), ["a"], _time)).Clip);
        Assert.Equal(["a draft", "uno"], Now());
        book = DraftBook.Read(Path);
        Assert.Null(book.Open("a.mp4"));
        Assert.True(book.Has("k2", "a.mp4"));
        Assert.Contains("has no draft to accept", Assert.Throws<WanLabException>(() => book.Accept(_set.Read(), ["a.mp4"], _time)).Message);
        book.Accept(_set.Read(), null, _time);
        Assert.Equal(["a draft", "ein Entwurf"], Now());
        CaptionWriter.Undo(Path, _time);
        CaptionWriter.Undo(Path, _time);
        Assert.Equal(["one", "uno"], Now());
    }

    [Fact]
    public void A_damaged_file_of_drafts_is_an_error_and_stays_as_it_is()
    {
        foreach (var text in (string[])["{", """{"version":1}""", """{"version":2,"drafts":[]}""", """{"version":1,"drafts":[{}]}"""])
        {
            _set.Folder.Write(CurationFiles.Drafts, text);
            Assert.Contains(CurationFiles.Drafts, Assert.Throws<WanLabException>(() => DraftBook.Read(Path)).Message);
            Assert.Equal(text, _set.Text(CurationFiles.Drafts));
        }
    }

    private CaptionDraft Draft(string clip, string key, string text) =>
        new() { Clip = clip, Key = key, Text = text, Model = "m", Time = _time.GetUtcNow() };

    [Fact]
    public void Two_that_write_drafts_at_the_same_time_lose_none()
    {
        using var folder = new TempFolder();
        CaptionDraft Draft(string clip) => new() { Clip = clip, Key = clip, Text = clip, Model = "m", Time = DateTimeOffset.UnixEpoch };
        var (one, other) = (DraftBook.Read(folder.Path), DraftBook.Read(folder.Path));
        one.Add(Draft("a.mp4"));
        other.Add(Draft("b.mp4"));
        one.Add(Draft("c.mp4"));
        Assert.Equal(["a.mp4", "b.mp4", "c.mp4"], DraftBook.Read(folder.Path).All.Select(draft => draft.Clip));
    }

    [Fact]
    public void Captions_written_by_many_at_once_have_steps_of_their_own()
    {
        using var folder = new TempFolder();
        string[] clips = [.. Enumerable.Range(0, 8).Select(k => $"{k}.mp4")];
        foreach (var clip in clips) File.WriteAllText(System.IO.Path.Combine(folder.Path, clip), "");
        Parallel.ForEach(clips, clip => CaptionWriter.Write(folder.Path,
            [new CaptionChange(clip, System.IO.Path.ChangeExtension(clip, ".txt"), null, clip, default)], TimeProvider.System));
        Assert.Equal(Enumerable.Range(1, 8), CaptionHistory.Read(folder.Path).Select(change => change.Step).Order());
    }
}
