using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests;

/// <summary>Links within the project lead somewhere.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading()
    {
        var pages = ProjectFiles.Named(".md");
        Assert.True(pages.Count > 10, $"{pages.Count} pages");
        Assert.Empty(pages.SelectMany(page => Broken(page, ProjectFiles.Read(page))));
    }

    [Fact]
    public void Every_link_of_a_notebook_leads_to_a_file()
    {
        var notebooks = ProjectFiles.Named(".ipynb");
        Assert.NotEmpty(notebooks);
        Assert.Empty(
            from notebook in notebooks
            from page in NotebookText.Pages(ProjectFiles.Read(notebook))
            from broken in Broken(notebook, page)
            select broken);
    }

    [Fact]
    public void A_file_or_heading_that_is_not_there_is_found()
    {
        const string page = """
            # A title

            [a](#a-title) [b](#none) [c](README.md)
            ![d](none.png) `[e](code.md)` [f](https://example.org/x)
            """;
        Assert.Equal(["page.md:3: #none", "page.md:4: none.png"], Broken("page.md", page));
    }

    [Fact]
    public void Headings_make_the_anchors_of_a_code_host() => Assert.Equal(
        ["1-a-first-lora", "job-file-datasets_x", "twice", "twice-1", "训练"],
        PageLinks.Anchors("""
            # 1. A first *LoRA*
            ## Job file: `datasets_x`
            ## Twice
            ```
            # no heading
            ```
            ## [Twice](x.md)
            ## 训练
            """));

    private static IEnumerable<string> Broken(string page, string text)
    {
        foreach (var (line, target) in PageLinks.Targets(text))
        {
            if (target.Contains("://", StringComparison.Ordinal)) continue;
            var (path, anchor) = Uri.UnescapeDataString(target).Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
            var file = path.Length == 0 ? ProjectFiles.Full(page) : Path.Combine(ProjectFiles.Full(page), "..", path);
            if (path.Length > 0 && !Path.Exists(file)) yield return $"{page}:{line}: {target}";
            else if (anchor is not null && !PageLinks.Anchors(path.Length == 0 ? text : File.ReadAllText(file)).Contains(anchor))
                yield return $"{page}:{line}: {target}";
        }
    }
}
