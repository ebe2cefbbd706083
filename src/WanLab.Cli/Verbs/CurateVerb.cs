using System.CommandLine;
using System.Security.Cryptography;
using WanLab.Cli.Serving;
using WanLab.Curator;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab curate</c>: a page to look through, cut and caption the clips of a folder.</summary>
internal static class CurateVerb
{
    private const int UsualPort = 8642;

    public static Command Create(CliContext context)
    {
        var folder = DatasetVerbs.Folder();
        var port = new Option<int?>("--port") { Description = $"Port on this machine. Default: the first free one from {UsualPort} up." };
        port.Require(value => value is null or (>= 1 and <= 65535), "--port must be 1 to 65535.");
        var command = new Command("curate",
            "Look through, cut and caption a folder of clips in the browser, on this machine alone.") { folder, port };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var server = await CuratorServer.StartAsync(new CuratorOptions
            {
                Folder = parsed.GetRequiredValue(folder),
                Port = parsed.GetValue(port) ?? LabServer.FreePort(UsualPort),
                Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
                CacheFolder = CacheFolder.Encodings,
                Time = context.Time,
            }, cancellation);
            context.Out.WriteRaw($"Open in a browser: {server.Address}");
            context.Out.WriteRaw("Every change is saved at once; the clips themselves stay as they are. Ctrl-C ends the server.");
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellation).ContinueWith(_ => { }, CancellationToken.None,
                TaskContinuationOptions.None, TaskScheduler.Default);
            return ExitCode.Success;
        });
        return command;
    }
}
