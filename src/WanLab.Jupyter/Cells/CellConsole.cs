using System.Text;

namespace WanLab.Jupyter.Cells;

/// <summary>Makes <see cref="Console"/> the console of the cell that the writing code belongs to.</summary>
internal static class CellConsole
{
    private static readonly Lock Gate = new();
    private static readonly TextWriter OutsideOut = Console.Out, OutsideError = Console.Error;
    private static readonly TextReader OutsideIn = Console.In;
    private static TextWriter? _out, _error;
    private static TextReader? _in;

    /// <summary>Writes a line about the kernel itself to the error stream of the process, and into no cell.</summary>
    public static void Log(string text) => OutsideError.WriteLine($"wanlab kernel: {text}");

    /// <summary>
    /// Redirects the process's console. What is written outside of all cells still goes where it went. Called for every
    /// cell, as one before it may have set another console, or an encoding, which takes the redirection away.
    /// </summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (_out is null || Console.Out != _out)
            {
                Console.SetOut(new Writer("stdout", OutsideOut));
                _out = Console.Out;
            }
            if (_error is null || Console.Error != _error)
            {
                Console.SetError(new Writer("stderr", OutsideError));
                _error = Console.Error;
            }
            if (_in is null || Console.In != _in)
            {
                Console.SetIn(new Reader(OutsideIn));
                _in = Console.In;
            }
        }
    }

    private sealed class Writer(string name, TextWriter outside) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

        public override void Write(string? value)
        {
            if (string.IsNullOrEmpty(value)) return;
            if (CellRun.Current is { } run) run.Output.Stream(name, value);
            else outside.Write(value);
        }

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Flush()
        {
            if (CellRun.Current is { } run) run.Output.Flush();
            else outside.Flush();
        }
    }

    // A line at a time: the client shows an input field for each.
    private sealed class Reader(TextReader outside) : TextReader
    {
        public override string? ReadLine() => CellRun.Current is { } run
            ? run.Output.AskAsync("", password: false, run.Cancellation).GetAwaiter().GetResult()
            : outside.ReadLine();

        public override int Read() => throw new WanLabException(
            "A notebook has no keyboard to read single keys from; use Console.ReadLine() or await GetInputAsync(\"question\").");

        public override int Peek() => -1;
    }
}
