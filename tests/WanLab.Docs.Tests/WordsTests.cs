using WanLab.Docs.Tests.Rules;
using WanLab.Docs.Tests.Texts;

namespace WanLab.Docs.Tests;

/// <summary>The language of pages, notebooks, comments, messages and test names.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Words_that_the_house_does_not_use_become_fewer_until_none_is_left() => Allowance.Holds("words",
        from prose in Prose.All
        where !prose.File.StartsWith("tests/WanLab.Docs.Tests/", StringComparison.Ordinal) // it quotes them
        from fault in ForbiddenWords.OfTheHouse.In(prose)
        select fault);

    [Fact]
    public void Summaries_that_are_no_sentence_and_no_noun_phrase_become_fewer_until_none_is_left() => Allowance.Holds("summaries",
        from summary in Prose.Summaries
        from fault in SummaryShape.Fault(summary)
        select fault);

    [Theory]
    [InlineData("/// <summary>The run can\n/// not go   on.</summary>\nclass C;", 1, "can not", "go on")]
    [InlineData("class C { string M = $\"mend {1} the path\"; }", 1, "mend")]
    [InlineData("class C\n{\n    // A step reckoned anew.\n}", 3, "anew", "reckoned")]
    [InlineData("class C { [Fact] void It_is_told_once() { } }", 1, "told")]
    public void A_word_is_found_in_comments_messages_and_test_names(string source, int line, params string[] words)
    {
        var faults = Faults(CSharpText.Of("a.cs", source).Texts);
        Assert.Equal(words, faults.Select(fault => fault.Message.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Equal(line, fault.Line));
    }

    [Fact]
    public void A_word_is_found_in_a_page_across_line_ends_but_not_in_inline_code()
    {
        var faults = Faults(MarkdownText.Of("a.md", "# Title\n\nThe run goes\non. `mend` is code, [here](mend.md).\n\n| mend | a |\n"));
        Assert.Equal([(3, "'goes on'"), (6, "'mend'")], faults.Select(fault => (fault.Line, fault.Message.Split(':')[0])));
    }

    [Fact]
    public void A_page_may_quote_words_between_two_marks()
    {
        var faults = Faults(MarkdownText.Of("a.md", "mend\n\n<!-- words: off -->\nmend\n<!-- words: on -->\nmend\n"));
        Assert.Equal([1, 6], faults.Select(fault => fault.Line));
    }

    [Fact]
    public void A_word_is_found_in_a_notebook_s_text_and_code()
    {
        const string json = """
            { "cells": [
              { "cell_type": "markdown", "source": ["# Title\n", "It is told."] },
              { "cell_type": "code", "source": "var x = 1; // mend it\nx", "outputs": [{ "text": "anew" }] } ] }
            """;
        Assert.Equal(["a.ipynb, cell 1", "a.ipynb, cell 2"], Faults(NotebookText.Of("a.ipynb", json)).Select(fault => fault.File));
    }

    [Theory]
    [InlineData("What is trained.", "starts with 'What'")]
    [InlineData("Of one change.", "starts with 'Of'")]
    [InlineData("Its sizes.", "starts with 'Its'")]
    [InlineData("The weights.", null)]
    [InlineData("Whether the file is whole.", null)]
    public void A_summary_that_needs_the_code_below_it_is_found(string summary, string? fault)
    {
        var faults = SummaryShape.Fault(Assert.Single(CSharpText.Of("a.cs", $"/// <summary>{summary}</summary>\nclass C;").Summaries));
        Assert.Equal(fault is null ? [] : [fault], faults.Select(f => f.Message.Split(';')[0]));
    }

    private static List<Fault> Faults(IEnumerable<Prose> texts) => [.. texts.SelectMany(ForbiddenWords.OfTheHouse.In)];
}
