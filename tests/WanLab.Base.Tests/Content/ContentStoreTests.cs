using WanLab.Content;
using WanLab.Testing;

namespace WanLab.Base.Tests.Content;

public sealed class ContentStoreTests : IDisposable
{
    private static readonly CacheKey Key = new CacheKey("test/1").With("item", 1);
    private readonly TempFolder _folder = new();
    private readonly List<string> _reports = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_put_in_is_found_by_its_key_alone()
    {
        var store = Store();
        Assert.False(store.TryGet(Key, out _));
        var put = store.Put(Key, stream => stream.Write([1, 2, 3]));
        Assert.True(Store().TryGet(Key, out var path));
        Assert.Equal(put, path);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.False(store.TryGet(Key.With("more", 1), out _));
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_file_written_by_path_is_stored_too()
    {
        Store().PutFile(Key, path => File.WriteAllText(path, "text"));
        Assert.True(Store().TryGet(Key, out var stored));
        Assert.Equal("text", File.ReadAllText(stored));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("longer")]
    public void A_damaged_entry_counts_as_missing_is_reported_and_can_be_written_again(string damage)
    {
        var path = Store().Put(Key, stream => stream.Write([1, 2, 3, 4]));
        File.WriteAllBytes(path, damage switch { "flip" => [1, 2, 7, 4], "cut" => [1, 2], "empty" => [], _ => [1, 2, 3, 4, 5] });
        Assert.False(Store().TryGet(Key, out _));
        Assert.Contains(path, Assert.Single(_reports));
        Store().Put(Key, stream => stream.Write([1, 2, 3, 4]));
        Assert.True(Store().TryGet(Key, out var again));
        Assert.Equal([1, 2, 3, 4], File.ReadAllBytes(again));
        Assert.Single(_reports);
    }

    [Fact]
    public void A_writer_that_fails_leaves_nothing_behind()
    {
        Assert.Throws<InvalidOperationException>(() => Store().Put(Key, stream =>
        {
            stream.Write([1, 2]);
            throw new InvalidOperationException("encoder failed");
        }));
        Assert.False(Store().TryGet(Key, out _));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_half_written_entry_is_not_seen()
    {
        Store().Put(Key, stream =>
        {
            stream.Write([1]);
            stream.Flush();
            Assert.False(Store().TryGet(Key, out _));
        });
        Assert.True(Store().TryGet(Key, out _));
        Assert.Empty(_reports);
    }

    [Fact]
    public void Writers_of_the_same_key_at_once_leave_a_whole_entry()
    {
        // Each writes other bytes, as two devices may: whichever is found is whole.
        Parallel.For(0, 16, writer =>
        {
            Store().Put(Key, stream => stream.Write([.. Enumerable.Repeat((byte)(writer % 3), 5000)]));
            Assert.True(new ContentStore(_folder.Path, Assert.Fail).TryGet(Key, out _));
        });
        Assert.True(Store().TryGet(Key, out var path));
        Assert.Equal(5000, File.ReadAllBytes(path).Length);
        Assert.Single(File.ReadAllBytes(path).Distinct());
        Assert.Equal(3, Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Count());
        Assert.Empty(_reports);
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_an_error_that_names_it()
    {
        var file = _folder.Write("taken", "a file where the folder should be");
        var error = Assert.Throws<WanLabException>(() => new ContentStore(file, _reports.Add).Put(Key, stream => stream.Write([1])));
        Assert.Contains(file, error.Message);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_still_serves_what_it_has()
    {
        var path = Store().Put(Key, stream => stream.Write([1, 2, 3]));
        Unprivileged.MakeReadOnly(_folder.Path);
        try
        {
            Unprivileged.Run(() =>
            {
                Assert.Throws<UnauthorizedAccessException>(() => File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch));
                Assert.True(Store().TryGet(Key, out var found));
                Assert.Equal(path, found);
                Assert.Equal([1, 2, 3], File.ReadAllBytes(found));
            });
        }
        finally
        {
            Unprivileged.MakeWritable(_folder.Path);
        }
    }

    [Fact]
    public void A_file_is_hashed_again_only_when_it_changed()
    {
        var hashes = new FileHashes();
        var path = _folder.Write("clip", "abc");
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Assert.Equal(OfAbc, hashes.Of(path));

        // Same size and time: by the rule the file is not read again.
        File.WriteAllText(path, "xyz");
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal(OfAbc, hashes.Of(path));
        File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        Assert.NotEqual(OfAbc, hashes.Of(path));
        Assert.Throws<WanLabException>(() => hashes.Of(_folder["none"]));
    }

    private ContentStore Store() => new(_folder.Path, _reports.Add);
}
