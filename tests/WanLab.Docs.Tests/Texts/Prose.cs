namespace WanLab.Docs.Tests.Texts;

/// <summary>A piece of text that people read: a line of a page, a comment, a message.</summary>
/// <param name="File">Path from the root.</param>
/// <param name="Line">Line at which it starts, from 1.</param>
/// <param name="Text">Its words; line ends are spaces.</param>
internal sealed record Prose(string File, int Line, string Text)
{
    private static readonly IReadOnlyList<CSharpText> Code =
        [.. ProjectFiles.Named(".cs").Select(file => CSharpText.Of(file, ProjectFiles.Read(file)))];

    /// <summary>All of the project: pages, notebooks, C#, native code, scripts, job files.</summary>
    public static IReadOnlyList<Prose> All { get; } =
    [
        .. ProjectFiles.Named(".md").SelectMany(file => MarkdownText.Of(file, ProjectFiles.Read(file))),
        .. ProjectFiles.Named(".ipynb").SelectMany(file => NotebookText.Of(file, ProjectFiles.Read(file))),
        .. Code.SelectMany(file => file.Texts),
        .. ProjectFiles.Named(".cpp", ".h", ".py", ".yaml", ".csproj", ".props", ".targets", "CMakeLists.txt").Append("wanlab")
            .SelectMany(file => Lines(file, ProjectFiles.Read(file))),
    ];

    /// <summary>The summaries of all documentation comments.</summary>
    public static IReadOnlyList<Prose> Summaries { get; } = [.. Code.SelectMany(file => file.Summaries)];

    private static IEnumerable<Prose> Lines(string file, string text) =>
        text.Split('\n').Select((line, k) => new Prose(file, k + 1, line.Trim()));
}
