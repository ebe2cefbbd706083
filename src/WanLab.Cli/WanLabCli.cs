using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using WanLab.Cli.Doctor;
using WanLab.Cli.Verbs;
using WanLab.Torch;

namespace WanLab.Cli;

/// <summary>The whole command line: its verbs, and how their errors are reported.</summary>
internal static class WanLabCli
{
    /// <summary>Every verb, in the order of the root help. A new verb is one line here.</summary>
    public static IReadOnlyList<VerbGroup> Verbs(CliContext context) =>
    [
        new("Write a job",
        [
            RecipeVerb.Create(context),
            ImportJobVerb.Create(context),
            ExplainVerb.Create(context),
        ]),
        new("Prepare clips",
        [
            CurateVerb.Create(context),
            DatasetVerbs.Create(context),
        ]),
        new("Train and sample",
        [
            CheckVerb.Create(context),
            PlanVerb.Create(context),
            TrainVerb.Create(context),
            ResumeVerb.Create(context),
            CtlVerb.Create(context),
            PinVerb.Create(context),
            SampleVerb.Create(context),
            MeasureVerb.Create(context),
            RunsVerb.Create(context),
            ReportVerb.Create(context),
        ]),
        new("Work in notebooks",
        [
            LabVerb.Create(context),
            NotebookVerb.Create(context),
            JupyterVerb.Create(context),
        ]),
        new("Look after this machine",
        [
            DoctorVerb.Create(context, Probes.All, Probes.Summary),
            ConvertVerb.Create(context),
            ParityVerb.Create(context),
            BenchVerb.Create(context),
            CacheVerb.Create(context),
            CompletionVerb.Create(context),
            CompletionVerb.Complete(context),
            TinyVerb.Create(context),
        ]),
    ];

    /// <summary>Runs one command line and returns the exit code; nothing is thrown.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args, CliContext context) =>
        RunAsync(args, context, Verbs(context));

    /// <summary>Runs one command line over the given verbs.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, CliContext context, IReadOnlyList<VerbGroup> groups)
    {
        try
        {
            args = Plain(args);
            if (args is [var verb, ..] && verb is not ['-' or '[', ..] && groups.All(group => group.Verbs.All(known => known.Name != verb)))
                return UnknownVerb(verb, groups, context);
            var parsed = Root(context, groups).Parse(args);
            if (parsed.Action is ParseErrorAction) return Misunderstood(parsed, context);
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // StopSignals does this
                    Output = context.Out.Profile.Out.Writer,
                    Error = context.Error.Profile.Out.Writer,
                },
                context.Cancellation);
        }
        catch (WanLabException e)
        {
            context.Error.WriteError(e.Message);
            return ExitCode.UserError;
        }
        catch (TorchOutOfMemoryException e)
        {
            context.Error.WriteError($"Out of memory: {e.Message.Split('\n')[0]}");
            context.Error.WriteRaw("Fewer frames or a smaller size need less; so does a device with nothing else on it.");
            return ExitCode.UserError;
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Error.WriteNote("stopped");
            return ExitCode.Stopped;
        }
        catch (Exception e)
        {
            context.Error.WriteError(e.Message);
            context.Error.WriteRaw("This is a bug in WanLab. Please report it with the text below.");
            context.Error.WriteRaw($"{VersionText.Current}\n{e}");
            return ExitCode.Bug;
        }
    }

    /// <summary>Makes the root command. A plain Command, because RootCommand takes its name from the file that runs.</summary>
    internal static Command Root(CliContext context, IReadOnlyList<VerbGroup> groups)
    {
        var help = new RootHelp(context.Out, groups);
        var root = new Command("wanlab", "Train and review LoRAs for Wan 2.2 image to video.")
        {
            new HelpOption { Action = help },
            new VersionOption { Action = new VersionText(context.Out) },
        };
        root.SetAction(parsed => help.Invoke(parsed));
        foreach (var verb in groups.SelectMany(group => group.Verbs)) root.Subcommands.Add(verb);
        return root;
    }

    // "wanlab help", "wanlab help VERB" and "wanlab version", as in other programs.
    private static IReadOnlyList<string> Plain(IReadOnlyList<string> args) => args switch
    {
        ["help", ..] => [.. args.Skip(1), "--help"],
        ["version"] => ["--version"],
        _ => args,
    };

    private static int UnknownVerb(string verb, IReadOnlyList<VerbGroup> groups, CliContext context)
    {
        var meant = Spelling.Meant(verb,
            groups.SelectMany(group => group.Verbs).Where(known => !known.Hidden).Select(known => known.Name));
        context.Error.WriteError($"There is no verb '{verb}'.{(meant is not null ? $" Did you mean '{meant}'?" : "")}");
        context.Error.WriteRaw("Run 'wanlab --help' to see all verbs.");
        return ExitCode.Usage;
    }

    private static int Misunderstood(ParseResult parsed, CliContext context)
    {
        foreach (var error in parsed.Errors) context.Error.WriteError(error.Message);
        var name = parsed.CommandResult.Command.Name;
        for (var at = parsed.CommandResult.Parent as CommandResult; at is not null; at = at.Parent as CommandResult)
            name = $"{at.Command.Name} {name}";
        context.Error.WriteRaw($"Run '{name} --help' to see what can be given.");
        return ExitCode.Usage;
    }
}
