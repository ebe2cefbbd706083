using Spectre.Console;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli;

/// <summary>Prints what views give: laid out for its width on a terminal, as plain text in a file or pipe.</summary>
internal static class BlockPrinter
{
    /// <summary>Prints blocks, one below the other. In files and pipes no line is wrapped, so that it can be searched.</summary>
    public static void Show(this IAnsiConsole console, IEnumerable<Block> blocks)
    {
        if (console.Profile.Out.IsTerminal) console.Write(new TerminalBlocks(console).Of(blocks));
        else
            foreach (var block in blocks) block.Write(console.Profile.Out.Writer);
    }

    /// <summary>Prints one block.</summary>
    public static void Show(this IAnsiConsole console, Block block) => console.Show([block]);
}
