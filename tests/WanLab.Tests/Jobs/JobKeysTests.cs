using System.Text;
using System.Text.RegularExpressions;
using WanLab.Testing;
using WanLab.Training;

namespace WanLab.Tests.Jobs;

/// <summary>
/// The keys of the job file are a contract with everybody's files: names, defaults, limits and messages stand in Golden/job-keys.txt.
/// The file was written by version 0.1.0; since then counts that no run can have are refused.
/// </summary>
public sealed class JobKeysTests : IDisposable
{
    private static readonly string[] Values =
        ["-1", "0", "0.5", "1", "1.5", "3", "17", "20000", "word", "''", "none", "true", "[]", "[0.5]", "{a: 1}"];

    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_has_the_default_and_takes_the_values_that_it_had_in_version_0_1_0()
    {
        var defaults = JobWriter.Write(new TrainingJob { Name = "walk", Datasets = [new() { Path = "/clips" }] });
        var text = new StringBuilder(defaults).AppendLine();
        foreach (var path in JobForm.Keys.Paths.Select(p => p.EndsWith(".N", StringComparison.Ordinal) ? p[..^2] : p))
        {
            var key = path.Replace(".N", ".0");
            text.AppendLine(path);
            foreach (var outcome in Values.GroupBy(value => Outcome(key, value)))
                text.AppendLine($"  {outcome.Key}: {string.Join(' ', outcome)}");
        }

        Golden.Matches("job-keys.txt", text.ToString());
    }

    /// <summary>The problems of a value, with VALUE in its place.</summary>
    private string Outcome(string key, string value)
    {
        string[] prompt = key.StartsWith("sample.prompts", StringComparison.Ordinal)
            ? ["sample.prompts.0.prompt=a", $"sample.prompts.0.image={_folder.At("start.png")}"]
            : [];
        var problems = _folder.Parse(JobFolder.Minimal, [.. prompt, $"{key}={value}"]).Problems
            .Where(p => p.File == "--set" && p.Key.StartsWith(key, StringComparison.Ordinal) && !IsOfWhatItNames(p.Message))
            .Select(p => $"{p.Severity}: {p.Message}").ToList();
        if (problems.Count == 0) return "taken";
        var bare = Regex.Escape(value.Trim('\''));
        return Regex.Replace(Regex.Replace(string.Join(" | ", problems), $"not '{bare}'$", "not 'VALUE'"), $"not {bare}$", "not VALUE");

        // A value of the right form may name a file or a layer that is not there.
        static bool IsOfWhatItNames(string message) =>
            message.Contains("does not exist", StringComparison.Ordinal)
                || message.Contains("matches no linear layer", StringComparison.Ordinal);
    }
}
