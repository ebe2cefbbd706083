using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Wire;

/// <summary>Messages that someone with the key, or without it, makes out of real ones.</summary>
public class WireFuzzTests
{
    private const string Key = "secret";
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(KernelClient.Cell("var ü = \"a\\n\";\nü.Length").ToJsonString());

    [Fact]
    public void A_signed_message_of_changed_content_is_read_or_refused()
    {
        var codec = new MessageCodec(Key);
        var read = 0;
        foreach (var content in Mutations.Of(Content, 1, 20_000, share: 0.5))
        {
            var frames = Signed("{\"msg_type\":\"execute_request\",\"msg_id\":\"1\"}"u8.ToArray(), content);
            if (codec.Decode(frames) is not { } message) continue;
            read++;
            // What the kernel asks for must be there, or missing, but never throw.
            _ = (message.Type, message.Id, message.Content.Text("code"), message.Content.Number("cursor_pos"),
                message.Content.Flag("silent", false));
            _ = message.Content.DeepClone().ToJsonString(Json.Compact);
            foreach (var (_, expression) in message.Content["user_expressions"] as JsonObject ?? []) _ = expression?.ToString();
        }
        Assert.InRange(read, 1, int.MaxValue);
    }

    [Fact]
    public void Changed_frames_are_refused()
    {
        var codec = new MessageCodec(Key);
        var message = codec.Encode(Message.Create("execute_request", KernelClient.Cell("1 + 1"), null, "s", new FakeTimeProvider()));
        var number = 0;
        for (var frame = 2; frame < 6; frame++)
        {
            foreach (var changed in Mutations.Of(message[frame], 2, 1_250, share: 0.125))
            {
                if (changed.AsSpan().SequenceEqual(message[frame])) continue;
                Assert.Null(codec.Decode([.. message.Take(frame), changed, .. message.Skip(frame + 1)]));
                number++;
            }
        }
        Assert.InRange(number, 1, int.MaxValue);
    }

    private static IReadOnlyList<byte[]> Signed(byte[] header, byte[] content)
    {
        byte[][] parts = [header, "{}"u8.ToArray(), "{}"u8.ToArray(), content];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), parts.SelectMany(part => part).ToArray());
        return ["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature)), .. parts];
    }
}
