using System.CommandLine;
using System.Globalization;
using WanLab.Parity;
using WanLab.Torch;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab parity</c>: compares WanLab's numbers with those of the official code.</summary>
internal static class ParityVerb
{
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of golden cases: NAME.json with NAME.safetensors." };
        var tolerance = new Option<double>("--tolerance")
        {
            Description = "Largest error that passes: the largest absolute difference over the expected output's largest absolute value.",
            DefaultValueFactory = _ => 1e-4,
        };
        var device = JobOptions.Device();
        var command = new Command("parity", "Compare WanLab's numbers with those of the official Wan code.") { folder, tolerance, device };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed.GetRequiredValue(folder), parsed.GetValue(tolerance),
            Device.Parse(parsed.GetValue(device)!), context, cancellation)));
        return command;
    }

    private static int Run(string folder, double tolerance, Device device, CliContext context, CancellationToken cancellation)
    {
        var (passed, failed) = (0, 0);
        foreach (var result in ParityRunner.Run(folder, device))
        {
            cancellation.ThrowIfCancellationRequested();
            var ok = result.Error <= tolerance; // false for NaN
            if (ok) passed++;
            else failed++;
            var error = result.Error.ToString("0.0e+00", CultureInfo.InvariantCulture);
            context.Out.WriteRaw($"{result.Case,-18}  {result.Output,-40}  {error,8}  {(ok ? "ok" : "FAIL")}  {result.Note}".TrimEnd());
        }
        context.Out.WriteRaw($"{passed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Success : ExitCode.UserError;
    }
}
