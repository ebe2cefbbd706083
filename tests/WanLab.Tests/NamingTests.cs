using System.Text.RegularExpressions;
using WanLab.Models;
using WanLab.Testing;

namespace WanLab.Tests;

/// <summary>The names of the tests of all projects are sentences: somebody who reads a failure learns what should hold.</summary>
public sealed partial class NamingTests
{
    // Proper names that have a capital letter inside.
    private static readonly HashSet<string> ProperNames = ["AdamW", "ComfyUI", "CSharp", "ExpM1", "LoHa", "LoRA", "NaN",
        "WanLab", "WanLabs"];

    [Fact]
    public void Every_name_of_a_test_is_a_sentence()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories);
        var tests = files.SelectMany(file =>
            Test().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), Name: m.Groups[1].Value))).ToList();
        Assert.True(tests.Count > 700, $"Only {tests.Count} tests were found: the pattern of this test no longer fits.");
        var others = tests.Where(test => !IsSentence(test.Name)).Select(test => $"{test.File}: {test.Name}");
        Assert.Equal([], others);
    }

    [Theory]
    [InlineData("A_wrong_value_is_reported_with_its_line", true)]
    [InlineData("After_200_steps_AdamW_is_near", true)]
    [InlineData("BFloat16_is_near_float32", true)]
    [InlineData("OtherLayersAreNamed", false)]
    [InlineData("ALongPrompt_is_cut", false)]
    [InlineData("NoFile", false)]
    [InlineData("Composes", false)]
    [InlineData("Four_steps", false)]
    [InlineData("a_file_is_read", false)]
    [InlineData("A__file_is_read", false)]
    public void A_sentence_has_a_capital_first_and_underscores_between_at_least_three_words(string name, bool expected) =>
        Assert.Equal(expected, IsSentence(name));

    private static bool IsSentence(string name)
    {
        var words = name.Split('_');
        return char.IsAsciiLetterUpper(name[0])
            && words.Length >= 3
            && words.All(word => word.Length > 0 && (ProperNames.Contains(word) || !Hump().IsMatch(word)));
    }

    // The attribute opens a line, other attributes may follow, and then the method.
    [GeneratedRegex(@"^ *\[(?:Fact|Theory)\b.*?^ *public [^\n(]*?(\w+)\(", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Test();

    [GeneratedRegex("[a-z][A-Z]")]
    private static partial Regex Hump();
}
