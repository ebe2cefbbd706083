using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>Answers to the requests that run no code.</summary>
/// <param name="assistant">Completion and help.</param>
/// <param name="history">The cells that ran.</param>
internal sealed class Answers(CodeAssistant assistant, History history)
{
    /// <summary>Answers a request.</summary>
    /// <returns>Type and content of the reply; null where the request gets none.</returns>
    public (string Type, JsonObject Content)? To(Message request, CancellationToken cancellation) => request.Type switch
    {
        "kernel_info_request" => ("kernel_info_reply", KernelInfo()),
        "complete_request" => ("complete_reply", Complete(request.Content, cancellation)),
        "inspect_request" => ("inspect_reply", Inspect(request.Content, cancellation)),
        "is_complete_request" => ("is_complete_reply", IsComplete(request.Content)),
        "history_request" => ("history_reply", history.Answer(request.Content)),
        _ => null,
    };

    private static JsonObject KernelInfo() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Message.ProtocolVersion,
        ["implementation"] = "wanlab",
        ["implementation_version"] = ProductVersion.Release,
        ["language_info"] = LanguageInfo(),
        ["banner"] = $"{Magics.About}. #!help lists what a cell can do.",
        ["help_links"] = new JsonArray(),
        ["supported_features"] = new JsonArray(),
        ["debugger"] = false,
    };

    /// <summary>The description of the language for clients and notebook files.</summary>
    public static JsonObject LanguageInfo() => new()
    {
        ["name"] = "C#",
        ["version"] = PlatformReferences.Language.ToDisplayString(),
        ["mimetype"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["pygments_lexer"] = "csharp",
    };

    private JsonObject Complete(JsonObject request, CancellationToken cancellation)
    {
        var (code, cursor) = Position(request);
        var found = MagicCompletions(code, cursor) ?? assistant.CompleteAsync(code, cursor, cancellation).GetAwaiter().GetResult();
        var (start, end) = (CodePoints.FromUtf16(code, found.Start), CodePoints.FromUtf16(code, found.End));
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Items.Select(
                    item => new JsonObject { ["text"] = item.Text, ["type"] = item.Kind, ["start"] = start, ["end"] = end })]),
            },
        };
    }

    private static Completions? MagicCompletions(string code, int cursor)
    {
        var start = cursor == 0 ? 0 : code.LastIndexOf('\n', cursor - 1) + 1;
        var typed = code[start..cursor];
        if (!typed.StartsWith("#!", StringComparison.Ordinal) || typed.Contains(' ')) return null;
        return new Completions(start, cursor,
            [.. Magics.Names.Where(name => name.StartsWith(typed, StringComparison.Ordinal)).Select(name => (name, "magic"))]);
    }

    private JsonObject Inspect(JsonObject request, CancellationToken cancellation)
    {
        var (code, cursor) = Position(request);
        var text = assistant.InspectAsync(code, cursor, cancellation).GetAwaiter().GetResult();
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? [] : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    private static JsonObject IsComplete(JsonObject request)
    {
        var status = CodeAssistant.Completeness(request.Text("code") ?? "");
        var reply = new JsonObject { ["status"] = status };
        if (status == "incomplete") reply["indent"] = "    ";
        return reply;
    }

    private static (string Code, int Cursor) Position(JsonObject request)
    {
        var code = request.Text("code") ?? "";
        return (code, CodePoints.ToUtf16(code, request.Number("cursor_pos") ?? code.Length));
    }
}
