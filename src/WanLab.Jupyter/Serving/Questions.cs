using System.Text.Json.Nodes;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>Questions of cells to the user, one at a time.</summary>
internal sealed class Questions(Publisher publisher)
{
    private readonly SemaphoreSlim _one = new(1);
    private TaskCompletionSource<string>? _waiting;

    /// <summary>Asks the user of the client that sent a request.</summary>
    /// <exception cref="WanLabException">The client said that it asks nothing.</exception>
    public async Task<string> AskAsync(Message request, string prompt, bool password, CancellationToken cancellation)
    {
        if (!request.Content.Flag("allow_stdin", false))
            throw new WanLabException(
                $"The cell asks '{prompt}', but this notebook runs where nobody can answer. Put the answer into a variable instead.");
        await _one.WaitAsync(cancellation);
        try
        {
            var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _waiting, answer);
            publisher.Reply(KernelChannel.Stdin, request, "input_request", new JsonObject { ["prompt"] = prompt, ["password"] = password });
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            Volatile.Write(ref _waiting, null);
            _one.Release();
        }
    }

    /// <summary>Takes an <c>input_reply</c>; one that nobody waits for any more is dropped.</summary>
    public void Answer(Message reply) => Volatile.Read(ref _waiting)?.TrySetResult(reply.Content.Text("value") ?? "");
}
