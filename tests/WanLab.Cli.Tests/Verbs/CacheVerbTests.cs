using WanLab.Cli.Verbs;
using WanLab.Content;

namespace WanLab.Cli.Tests.Verbs;

public sealed class CacheVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_empty_cache_has_nothing()
    {
        Assert.Contains("0 entries, 0.0 KiB", (await Run("list")).Out);
        Assert.Contains("deleted 0 entries", (await Run("clean")).Out);
    }

    [Fact]
    public async Task Damaged_entries_are_found_and_deleted()
    {
        var (good, bad) = (Put("good"), Put("bad"));
        Assert.Contains("2 entries", (await Run("list")).Out);
        File.AppendAllText(bad, "x");
        var verified = await Run("verify");

        Assert.Equal(1, verified.ExitCode);
        Assert.Contains($"damaged, deleted: {bad}", verified.Out);
        Assert.Contains("1 whole, 1 damaged", verified.Out);
        Assert.True(File.Exists(good) && !File.Exists(bad));
        Assert.Equal(0, (await Run("verify")).ExitCode);
    }

    [Fact]
    public async Task Clean_takes_all_or_what_was_long_not_used()
    {
        var (young, old) = (Put("young"), Put("old"));
        var unfinished = Path.Combine(Path.GetDirectoryName(old)!, ".wanlab-0123456789ab.part");
        File.WriteAllText(unfinished, "");
        foreach (var file in (string[])[old, unfinished]) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Assert.Contains("deleted 1 entry, 0.0 KiB, and 1 unfinished", (await Run("clean", "--older-than", "30")).Out);
        Assert.True(File.Exists(young) && !File.Exists(old) && !File.Exists(unfinished));
        Assert.Contains("deleted 1 entry", (await Run("clean")).Out);
        Assert.False(File.Exists(young));
        Assert.Equal(2, (await Run("clean", "--older-than", "-1")).ExitCode);
    }

    [Fact]
    public async Task An_entry_that_is_used_is_young_again()
    {
        var file = Put("used");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Put("used");
        Assert.Contains("deleted 0 entries", (await Run("clean", "--older-than", "30")).Out);
    }

    [Fact]
    public void Of_a_cache_that_cannot_be_written_nothing_is_deleted_and_the_entry_is_named()
    {
        var (good, bad) = (Put("good"), Put("bad"));
        File.AppendAllText(bad, "x");
        Unprivileged.MakeReadOnly(_folder);
        try
        {
            Unprivileged.Run(() =>
            {
                Assert.Contains("2 entries", Of("list").Out);
                foreach (var (verb, named) in (ReadOnlySpan<(string, string)>)
                    [("verify", bad), ("clean", string.CompareOrdinal(good, bad) < 0 ? good : bad)])
                {
                    var run = Of(verb);
                    Assert.Equal(1, run.ExitCode);
                    Assert.DoesNotContain("deleted", run.Out);
                    var error = run.Error.ReplaceLineEndings("").Replace(" ", "");
                    Assert.Contains($"error:{named}:", error);
                    Assert.EndsWith("isdenied.Checkthefolderandwhoownsit.", error);
                }
            });
            Assert.True(File.Exists(good) && File.Exists(bad));
            File.SetUnixFileMode(good, UnixFileMode.None);
            Unprivileged.Run(() => Assert.Contains("denied", Of("verify").Error));
        }
        finally
        {
            Unprivileged.MakeWritable(_folder);
        }

        CliRun Of(string verb) => Run(verb).GetAwaiter().GetResult(); // on this thread
    }

    [Theory]
    [InlineData("README")]
    [InlineData("ab/notes.txt")]
    [InlineData("ab/sub/notes.txt")]
    [InlineData("sub/thesis.txt")]
    [InlineData(".hidden")]
    public async Task A_folder_that_holds_anything_else_is_refused_and_stays_as_it_was(string foreign)
    {
        var entry = Put("entry");
        File.AppendAllText(entry, "damaged");
        var other = Path.Combine(_folder, foreign);
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.WriteAllText(other, "precious");
        foreach (var verb in (string[])["verify", "clean"])
        {
            var refused = await Run(verb);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("is not only a cache of WanLab", refused.Error);
            Assert.Contains("Nothing was deleted", refused.Error);
            Assert.Equal("precious", File.ReadAllText(other));
            Assert.True(File.Exists(entry));
        }
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        var entry = Put("entry");
        var elsewhere = Directory.CreateTempSubdirectory("wanlab-elsewhere-").FullName;
        try
        {
            var (name, hash) = (Path.GetFileName(entry), Path.GetFileName(entry)[..2]);
            File.Copy(entry, Path.Combine(elsewhere, name));
            Directory.CreateSymbolicLink(Path.Combine(_folder, hash == "00" ? "01" : "00"), elsewhere);
            Assert.Equal(1, (await Run("clean")).ExitCode);
            Assert.True(File.Exists(Path.Combine(elsewhere, name)) && File.Exists(entry));
            Assert.Contains("1 entry", (await Run("list")).Out);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    private string Put(string name)
    {
        var store = new Content.ContentStore(_folder, message => Assert.Fail(message));
        var key = new Content.CacheKey(name);
        return store.TryGet(key, out var path) ? path : store.Put(key, stream => stream.Write("content"u8));
    }

    private Task<CliRun> Run(params string[] args) => CliRun.OfAsync(["cache", .. args, "--folder", _folder], CacheVerb.Create);
}
