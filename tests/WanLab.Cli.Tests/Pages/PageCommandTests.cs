using System.CommandLine;
using System.CommandLine.Parsing;

namespace WanLab.Cli.Tests.Pages;

/// <summary>The commands in README and docs are ones that the command line understands, and the cheap ones work.</summary>
public sealed class PageCommandTests
{
    // What can be run anywhere in a moment, if all that it reads is part of the project. The others need a GPU, weights or minutes.
    private static readonly string[] Cheap = ["explain", "check", "plan", "recipe", "doctor", "dataset"];

    private static readonly string[] Written = ["--out"];

    private static IReadOnlyList<string> PageFiles { get; } =
    [
        "README.md", "README.zh.md", "environment.md", "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<string> RunnableCommands { get; } =
    [
        .. (from page in PageFiles
            from command in PageCommand.Of(Read(page))
            where !command.IsLaunchers && IsSelfContained(command.Arguments)
            select string.Join('\n', command.Arguments)).Distinct().Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Pages => [.. PageFiles];

    public static TheoryData<string> Runnable => [.. RunnableCommands];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_is_understood(string page) => Assert.Empty(Misunderstood(page, Read(page)));

    [Theory]
    [MemberData(nameof(Runnable))]
    public async Task A_command_that_needs_only_the_project_works(string words)
    {
        using var folder = new TempFolder();
        string[] given = words.Split('\n');
        var run = await CliRun.OfAsync([.. given.Select((word, k) =>
            k > 0 && Written.Contains(given[k - 1]) ? folder[word] : IsOfTheProject(word) ? InProject(word) : word)]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.NotEqual("", run.Out + run.Error);
    }

    [Fact]
    public void Pages_have_commands_of_each_kind_that_can_be_run()
    {
        Assert.True(PageFiles.Sum(page => PageCommand.Of(Read(page)).Count()) >= 60);
        Assert.All(Cheap, verb => Assert.Contains(RunnableCommands, words => words.Split('\n')[0] == verb));
    }

    [Fact]
    public void A_command_that_is_not_understood_is_found() => Assert.Equal(
        ["page.md:2: ./wanlab plann job.yaml", "page.md:3: ./wanlab plan job.yaml --mem 3", "page.md:6: ./wanlab trian"],
        Misunderstood("page.md", """
            ```
            ./wanlab plann job.yaml
            ./wanlab plan job.yaml --mem 3   # a comment
            ./wanlab check job.yaml && cat job.yaml
            ```
            Inline `./wanlab train`, `./wanlab report NAME`, and `./wanlab trian`.
            """).Select(complaint => complaint.Split(" (")[0]));

    [Fact]
    public void A_command_is_split_as_a_shell_does() => Assert.Equal(
        [
            "2: sample|--prompt|a b|--out|a.mp4", "5: train|j.yaml|--set|a=1", "5: plan|j.yaml|--set|a=1", "6: --torch|RESULT|doctor",
            "7: bench|step",
        ],
        PageCommand.Of("""
            ```
            ./wanlab sample --prompt "a b" \
                --out a.mp4 # a # comment
            job="j.yaml --set a=1"
            A=1 ./wanlab train $job && ./wanlab plan $job
            ./wanlab --torch "$(python -c 'print("x")')" doctor
            ./wanlab bench step > result.json
            ```

            <!-- commands: off -->
                ./wanlab of another program
            <!-- commands: on -->
            """).Select(command => $"{command.Line}: {string.Join('|', command.Words)}"));

    private static IEnumerable<string> Misunderstood(string page, string text)
    {
        var quiet = new CliContext(Spectre.Console.AnsiConsole.Console, Spectre.Console.AnsiConsole.Console, default, TimeProvider.System);
        var root = WanLabCli.Root(quiet, WanLabCli.Verbs(quiet));
        return
            from command in PageCommand.Of(text)
            where !command.IsLaunchers
            let parsed = root.Parse(command.Arguments)
            where parsed.Errors.Count > 0 && !(command.IsMention && IsVerb(parsed))
            select $"{page}:{command.Line}: ./wanlab {command} ({string.Join(' ', parsed.Errors.Select(error => error.Message))})";
    }

    // A verb and nothing else, or with a place to fill in, such as NAME.
    private static bool IsVerb(ParseResult parsed) => parsed.Tokens.Count > 0 && parsed.Tokens.All(token =>
        token.Type == TokenType.Command || token.Value.All(char.IsAsciiLetterUpper));

    private static bool IsSelfContained(IReadOnlyList<string> words)
    {
        if (!Cheap.Contains(words[0])) return false;
        return words[0] switch
        {
            "check" or "plan" => words.Count > 1 && IsOfTheProject(words[1]),
            "recipe" => words.SkipWhile(word => word != "--dataset").ElementAtOrDefault(1) is { } dataset && IsOfTheProject(dataset),
            "dataset" => words.Count > 2 && words[1] is "lint" or "captions" && IsOfTheProject(words[2])
                && words.Skip(3).All(word => word is not ['-', ..] or "--kind" or "--trigger" or "--json"),
            _ => true,
        };
    }

    private static bool IsOfTheProject(string word) => word.Contains('/') && Path.Exists(InProject(word));

    private static string InProject(string word) => Path.Combine(Repository.Root, word);

    private static string Read(string page) => File.ReadAllText(InProject(page));
}
