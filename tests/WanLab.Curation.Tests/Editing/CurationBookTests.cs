using WanLab.Curation.Editing;

namespace WanLab.Curation.Tests.Editing;

public sealed class CurationBookTests : IDisposable
{
    private static readonly ClipPart Part = new(10, 50) { Crop = new PixelArea(0, 24, 640, 312), Name = "a & 'ü' 猫" };

    private readonly TempFolder _folder = new();
    private readonly FixedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_without_decisions_keeps_every_clip_and_opening_it_writes_nothing()
    {
        var book = Open();
        Assert.Equal(new ClipCuration(), book.Of("a.mp4"));
        Assert.Equal((0, 0), (book.State.Revision, book.History.Count));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_decision_is_there_for_the_next_one_who_opens_the_folder()
    {
        Open().Change("ü 猫.mp4", 0, now => now with { Parts = [Part], Accepted = true });
        var again = Open();
        Assert.Equal(new ClipCuration { Parts = [Part], Accepted = true }, again.Of("ü 猫.mp4"));
        var change = Assert.Single(again.History);
        Assert.Equal((1, _time.Now), (change.Revision, change.At));
        Assert.Equal((new ClipCuration(), again.Of("ü 猫.mp4")), (change.Clips[0].Before, change.Clips[0].After));
    }

    [Fact]
    public void Undo_and_redo_walk_through_the_history_and_a_new_change_ends_the_redo()
    {
        var book = Open();
        book.Change("a.mp4", 0, now => now with { Dropped = true });
        book.Change("a.mp4", 1, now => now with { Parts = [Part] });
        book.Undo();
        Assert.Equal(new ClipCuration { Dropped = true }, book.Of("a.mp4"));
        Assert.Single(book.History);
        book.Redo();
        Assert.Equal(new ClipCuration { Dropped = true, Parts = [Part] }, book.Of("a.mp4"));
        book.Undo();
        book.Undo();
        Assert.Equal(new ClipCuration(), book.Of("a.mp4"));
        Assert.Contains("nothing to undo", Assert.Throws<WanLabException>(() => book.Undo()).Message);
        book.Change("b.mp4", book.State.Revision, now => now with { Name = "c" });
        Assert.Contains("nothing to redo", Assert.Throws<WanLabException>(() => book.Redo()).Message);
        Assert.Equal("b.mp4: renamed to c", Assert.Single(book.History).Words);
    }

    [Fact]
    public void A_change_of_several_clips_is_one_step_back()
    {
        var book = Open();
        book.Change(["a.mp4", "b.mp4", "c.mp4"], 0, (_, now) => now with { Dropped = true });
        Assert.Equal("a.mp4, b.mp4, c.mp4: dropped", Assert.Single(book.History).Words);
        book.Undo();
        Assert.All((string[])["a.mp4", "b.mp4", "c.mp4"], clip => Assert.False(book.Of(clip).Dropped));
    }

    [Fact]
    public void A_change_that_changes_nothing_is_none()
    {
        var book = Open();
        book.Change("a.mp4", 0, now => now with { Dropped = true });
        book.Change("a.mp4", 1, now => now with { Dropped = true });
        Assert.Equal((1, 1), (book.State.Revision, book.History.Count));
    }

    [Fact]
    public void Two_writers_of_different_clips_lose_nothing()
    {
        var (one, two) = (Open(), Open());
        one.Change("a.mp4", 0, now => now with { Dropped = true });
        two.Change("b.mp4", 0, now => now with { Accepted = true });
        var state = Open().State;
        Assert.True(state.Of("a.mp4").Dropped);
        Assert.True(state.Of("b.mp4").Accepted);
        Assert.Equal((2, 2), (state.Revision, state.Done));
    }

    [Fact]
    public void A_stale_writer_of_the_same_clip_is_refused_and_gets_what_stands()
    {
        var (one, two) = (Open(), Open());
        one.Change("a.mp4", 0, now => now with { Dropped = true });
        var conflict = Assert.Throws<CurationConflictException>(() => two.Change("a.mp4", 0, now => now with { Accepted = true }));
        Assert.Contains("a.mp4: its decisions were changed elsewhere (revision 1, yours is 0)", conflict.Message);
        Assert.Equal(new ClipCuration { Dropped = true }, conflict.Now.Of("a.mp4"));
        Assert.Equal(new ClipCuration { Dropped = true }, Open().Of("a.mp4"));
        two.Change("a.mp4", two.State.Revision, now => now with { Accepted = true });
        Assert.Equal(new ClipCuration { Dropped = true, Accepted = true }, Open().Of("a.mp4"));
    }

    [Fact]
    public void An_undo_of_what_the_user_has_not_seen_is_refused()
    {
        var (one, two) = (Open(), Open());
        one.Change("a.mp4", 0, now => now with { Dropped = true });
        two.Change("b.mp4", 0, now => now with { Dropped = true });
        Assert.Throws<CurationConflictException>(() => one.Undo(1));
        Assert.True(Open().Of("b.mp4").Dropped);
    }

    [Fact]
    public void Many_writers_at_once_lose_no_change()
    {
        const int writers = 4, changes = 10;
        Parallel.For(0, writers, writer =>
        {
            var book = Open();
            for (var k = 0; k < changes; k++) book.Change($"{writer}-{k}.mp4", 0, now => now with { Dropped = true });
        });
        var state = Open().State;
        Assert.Equal((writers * changes, writers * changes), (state.Revision, state.History.Count));
        Assert.Equal(writers * changes, state.Clips.Values.Count(entry => entry.Curation.Dropped));
    }

    [Theory]
    [InlineData("{\"version\": 1, \"clips\": {\"a.mp4\"")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\": 1, \"done\": 7}")]
    [InlineData("{\"version\": 1, \"clips\": {\"../a.mp4\": {\"revision\": 1, \"curation\": {}}}}")]
    [InlineData("{\"version\": 1, \"clips\": {\"a.mp4\": {\"revision\": 1, \"curation\": {\"name\": \"../b\"}}}}")]
    [InlineData("{\"version\": 1, \"clips\": {\"a.mp4\": {\"revision\": 1, \"curation\": {\"parts\": [{\"first\": 9, \"end\": 3}]}}}}")]
    [InlineData("{\"version\": 1, \"clips\": {\"a.mp4\": {\"revision\": 1, \"curation\": null}}}")]
    [InlineData("{\"version\": 1, \"clips\": {\"a.mp4\": null}}")]
    [InlineData("{\"version\": 1, \"history\": [null], \"done\": 1}")]
    [InlineData("{\"version\": 1, \"other\": 3}")]
    public void A_damaged_file_is_set_aside_and_said(string text)
    {
        _folder.Write("curation.json", text);
        var book = Open();
        Assert.Contains("is damaged", book.Notice);
        Assert.Contains("set aside as curation.json.damaged", book.Notice);
        Assert.Equal(text, File.ReadAllText(_folder["curation.json.damaged"]));
        book.Change("a.mp4", 0, now => now with { Dropped = true });
        Assert.Null(Open().Notice);
        Assert.True(Open().Of("a.mp4").Dropped);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused_and_stays()
    {
        _folder.Write("curation.json", "{\"version\": 2, \"news\": []}");
        Assert.Contains("form 2", Assert.Throws<WanLabException>(Open).Message);
        Assert.True(File.Exists(_folder["curation.json"]));
    }

    [Fact]
    public void The_oldest_changes_leave_a_long_history()
    {
        var changes = Enumerable.Range(1, CurationBook.Kept).Select(k => new CurationChange(k, _time.Now, $"step {k}", [])).ToList();
        CurationFile.Write(_folder.Path, new CurationState { Revision = CurationBook.Kept, History = changes, Done = CurationBook.Kept });
        var state = Open().Change("a.mp4", CurationBook.Kept, now => now with { Dropped = true });
        Assert.Equal(("step 2", CurationBook.Kept), (state.History[0].Words, state.Done));
    }

    [Fact]
    public void A_missing_folder_is_an_error() =>
        Assert.Contains("no such folder", Assert.Throws<WanLabException>(() => CurationBook.Open(_folder["none"], _time)).Message);

    private CurationBook Open() => CurationBook.Open(_folder.Path, _time);
}
