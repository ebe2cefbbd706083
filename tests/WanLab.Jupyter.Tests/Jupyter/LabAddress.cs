using System.Diagnostics;
using System.Text.RegularExpressions;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary>The address that <c>wanlab lab</c> prints once Jupyter listens.</summary>
internal static partial class LabAddress
{
    /// <summary>Waits for it.</summary>
    /// <returns>The server's address, with a slash at the end, and its token.</returns>
    public static async Task<(string Server, string Token)> ReadAsync(Process lab)
    {
        var errors = lab.StandardError.ReadToEndAsync();
        while (await lab.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Form().Match(line) is not { Success: true } match) continue;
            _ = lab.StandardOutput.ReadToEndAsync(); // what it says later must not block it
            return (match.Groups[1].Value, match.Groups[2].Value);
        }
        throw new InvalidOperationException($"Jupyter did not start:\n{await errors}");
    }

    [GeneratedRegex(@"^  (http://127\.0\.0\.1:\d+/)\S*\?token=(\w+)$")]
    private static partial Regex Form();
}
