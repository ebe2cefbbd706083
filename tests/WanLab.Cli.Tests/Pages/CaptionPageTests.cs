namespace WanLab.Cli.Tests.Pages;

/// <summary>The commands of the page about captions, in their order, on three clips and with a stub in place of a model.</summary>
public sealed class CaptionPageTests : IDisposable
{
    private readonly RecipeClips _clips = RecipeClips.Of(5, 5, 5);

    public CaptionPageTests()
    {
        string[] names = ["castle", "fox", "street"];
        foreach (var (k, name) in names.Index())
            foreach (var ending in (string[])["mp4", "txt"])
                File.Move(Path.Combine(_clips.Clips, $"clip{k:00}.{ending}"), Path.Combine(_clips.Clips, $"{name}.{ending}"));
        File.WriteAllText(Path.Combine(_clips.Clips, "castle.txt"), "a car turns leftwards");
        File.Delete(Path.Combine(_clips.Clips, "street.txt"));
    }

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task The_page_can_be_followed_from_top_to_bottom()
    {
        using var server = StubServer.Of(_ => "orbit around a toy");
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/captions.md"));
        var commands = PageCommand.Of(page).Where(command => command.Words.Contains("my-clips")).ToList();
        Assert.InRange(commands.Count, 12, 40);
        foreach (var command in commands)
        {
            var run = await CliRun.OfAsync([.. command.Words.Select(word => word switch
            {
                "my-clips" => _clips.Clips,
                "captions.csv" => _clips.At("captions.csv"),
                "http://localhost:11434/v1" => server.Endpoint,
                _ => word,
            })]);
            Assert.True(run.ExitCode == 0, $"{command}\n{run}");
        }
        Assert.Equal("slow motion, a car turns to the left", File.ReadAllText(Path.Combine(_clips.Clips, "castle.txt")).TrimEnd());
        Assert.Equal("orbit around a toy", File.ReadAllText(Path.Combine(_clips.Clips, "street.txt")).TrimEnd());
    }
}
