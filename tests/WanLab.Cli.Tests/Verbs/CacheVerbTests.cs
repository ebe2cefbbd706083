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
        var unfinished = Path.Combine(Path.GetDirectoryName(old)!, ".tmp-abandoned");
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

    private string Put(string name)
    {
        var store = new Content.ContentStore(_folder, message => Assert.Fail(message));
        var key = new Content.CacheKey(name);
        return store.TryGet(key, out var path) ? path : store.Put(key, stream => stream.Write("content"u8));
    }

    private Task<CliRun> Run(params string[] args) => CliRun.OfAsync(["cache", .. args, "--folder", _folder], CacheVerb.Create);
}
