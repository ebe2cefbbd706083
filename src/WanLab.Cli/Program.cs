using WanLab.Cli;

var (output, error) = CliContext.ForProcess();
using var stop = new StopSignals(() => error.WriteNote("stopping; press Ctrl-C again to stop at once"));
return await WanLabCli.RunAsync(args, new CliContext(output, error, stop.Token, TimeProvider.System));
