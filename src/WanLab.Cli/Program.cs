using WanLab.Cli;

// A terminal that is closed, or a full disk behind a redirection, must not end a run before it has saved its state.
using var standardOutput = new PatientWriter(Console.Out);
using var standardError = new PatientWriter(Console.Error);
Console.SetOut(standardOutput);
Console.SetError(standardError);
var (output, error) = CliContext.ForProcess();
using var stop = new StopSignals(() => error.WriteNote("stopping; press Ctrl-C again to stop at once"));
var code = await WanLabCli.RunAsync(args, new CliContext(output, error, stop.Token, TimeProvider.System));
return code == ExitCode.Success && standardOutput.Failed ? ExitCode.UserError : code;
