namespace WanLab.Jupyter.CSharp;

/// <summary>Compiles and runs a small cell before the user's first one, while clients still connect.</summary>
internal static class Warmup
{
    /// <summary>Evaluates a small expression and asks for a completion.</summary>
    public static void Run(Interpreter interpreter)
    {
        _ = interpreter.EvaluateAsync("1 + 1", CancellationToken.None).GetAwaiter().GetResult();
        // The services answer while cells run, so nothing waits for this.
        _ = Task.Run(() => interpreter.Assistant.CompleteAsync("Console.", 8, CancellationToken.None));
    }
}
