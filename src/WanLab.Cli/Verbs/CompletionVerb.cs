using System.CommandLine;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab completion SHELL</c>: prints what makes a shell complete verbs, options and values with Tab.</summary>
internal static class CompletionVerb
{
    // Both ask the program itself, which knows all that can follow.
    private const string Bash = """
        _wanlab() {
            local IFS=$'\n'
            local found=$("${COMP_WORDS[0]}" complete "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null)
            COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _wanlab wanlab ./wanlab
        """;

    private const string Zsh = """
        _wanlab() {
            local -a found
            found=("${(@f)$("${words[1]}" complete "${BUFFER:0:$CURSOR}" 2>/dev/null)}")
            compadd -a found
            _files
        }
        compdef _wanlab wanlab
        """;

    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "Print a script that makes your shell complete verbs and options with Tab.") { shell };
        command.SetAction(parsed =>
        {
            var script = parsed.GetRequiredValue(shell) == "bash" ? Bash : Zsh;
            context.Out.WriteRaw($"# Use it: source <(wanlab completion {parsed.GetRequiredValue(shell)})");
            context.Out.WriteRaw(script);
        });
        return command;
    }

    /// <summary><c>wanlab complete LINE</c>: what can follow a line, for the scripts above.</summary>
    public static Command Complete(CliContext context)
    {
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor, with the program's name." };
        var command = new Command("complete", "Print what can follow a command line.") { line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var typed = parsed.GetRequiredValue(line).TrimStart();
            var rest = typed[(typed.IndexOf(' ') + 1)..];
            var found = WanLabCli.Root(context, WanLabCli.Verbs(context)).Parse(rest).GetCompletions(rest.Length);
            foreach (var completion in found) context.Out.WriteRaw(completion.Label);
        });
        return command;
    }
}
