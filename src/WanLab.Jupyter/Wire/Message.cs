using System.Globalization;
using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Wire;

/// <summary>One message of the Jupyter protocol.</summary>
internal sealed record Message
{
    /// <summary>The version of the protocol that is spoken here.</summary>
    public const string ProtocolVersion = "5.4";

    /// <summary>The sender (on iopub, the topic): frames in front of the message that routing needs.</summary>
    public IReadOnlyList<byte[]> Identities { get; init; } = [];

    /// <summary>The header: id, session, user, date, type, version.</summary>
    public required JsonObject Header { get; init; }

    /// <summary>The header of the request that this message belongs to; empty where there is none.</summary>
    public JsonObject ParentHeader { get; init; } = [];

    /// <summary>Remarks about the message.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>The content of the message; its fields depend on the type.</summary>
    public JsonObject Content { get; init; } = [];

    /// <summary>The message's type, such as <c>execute_request</c>.</summary>
    public string Type => Header.Text("msg_type") ?? "";

    /// <summary>The message's own id.</summary>
    public string Id => Header.Text("msg_id") ?? "";

    /// <summary>Makes a message in answer to another, or without one.</summary>
    public static Message Create(string type, JsonObject content, Message? parent, string session, TimeProvider time) => new()
    {
        Header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = session,
            ["username"] = parent?.Header.Text("username") ?? "kernel",
            ["date"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        ParentHeader = parent is null ? [] : (JsonObject)parent.Header.DeepClone(),
        Content = content,
    };
}
