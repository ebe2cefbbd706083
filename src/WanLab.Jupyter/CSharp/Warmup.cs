namespace WanLab.Jupyter.CSharp;

/// <summary>Compiles and runs a small cell before the user's first one, while clients still connect.</summary>
internal static class Warmup
{
    /// <summary>Warms the compiler up.</summary>
    public static void Run(Interpreter interpreter)
    {
        _ = interpreter.EvaluateAsync("1 + 1", CancellationToken.None).GetAwaiter().GetResult();
        // The services answer beside the cells, so this needs not be waited for.
        _ = Task.Run(() => interpreter.Assistant.CompleteAsync("Console.", 8, CancellationToken.None));
    }
}
