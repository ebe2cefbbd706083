using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Wire;

public class MessageCodecTests
{
    private static readonly FakeTimeProvider Time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private static readonly Message Sample =
        Message.Create("execute_request", new JsonObject { ["code"] = "\"ü\" + \"\\n\"" }, null, "session", Time) with
        {
            Identities = [[1, 2], [3]],
        };

    [Fact]
    public void A_message_comes_back_as_it_was()
    {
        var back = new MessageCodec("secret").Decode(new MessageCodec("secret").Encode(Sample))!;
        Assert.Equal(Sample.Header.ToJsonString(), back.Header.ToJsonString());
        Assert.Equal(Sample.Content.ToJsonString(), back.Content.ToJsonString());
        Assert.Equal(Sample.Identities, back.Identities);
        Assert.Equal("2026-01-02T03:04:05.000000Z", back.Header.Text("date"));
    }

    [Fact]
    public void The_signature_is_that_of_the_protocol()
    {
        // Computed with Python: hmac.new(b'secret', b'{"msg_type":"x"}{}{}{}', 'sha256').hexdigest()
        byte[][] parts = ["{\"msg_type\":\"x\"}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()];
        byte[][] frames = ["<IDS|MSG>"u8.ToArray(),
            Encoding.ASCII.GetBytes("26d0a3c8b5422579aa6a8453b7ef5535ed8bcaae3d8448eb8b6775b776e662aa"), .. parts];
        Assert.NotNull(new MessageCodec("secret").Decode(frames));
    }

    [Fact]
    public void Another_key_is_refused() =>
        Assert.Null(new MessageCodec("secret").Decode(new MessageCodec("other").Encode(Sample)));

    [Fact]
    public void No_signature_is_refused_where_there_is_a_key() =>
        Assert.Null(new MessageCodec("secret").Decode(new MessageCodec("").Encode(Sample)));

    [Fact]
    public void Without_a_key_nothing_is_signed()
    {
        var frames = new MessageCodec("").Encode(Sample);
        Assert.Empty(frames[3]);
        Assert.NotNull(new MessageCodec("").Decode(frames));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_changed_frame_is_refused(int frame)
    {
        var frames = new MessageCodec("secret").Encode(Sample).ToList();
        frames[frame] = [.. frames[frame], (byte)' '];
        Assert.Null(new MessageCodec("secret").Decode(frames));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1, 2]")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"msg_type\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    [InlineData("{\"a\": {\"b\": 1, \"b\": 2}}")]
    public void A_signed_header_that_is_no_object_is_refused(string header)
    {
        var codec = new MessageCodec("");
        byte[][] frames = ["<IDS|MSG>"u8.ToArray(), [], Encoding.UTF8.GetBytes(header), "{}"u8.ToArray(), "{}"u8.ToArray(),
            "{}"u8.ToArray()];
        Assert.Null(codec.Decode(frames));
    }

    [Fact]
    public void Signed_text_that_is_not_UTF8_is_refused()
    {
        byte[][] frames = ["<IDS|MSG>"u8.ToArray(), [], "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(),
            [.. "{\"code\": \""u8, 0xff, .. "\"}"u8]];
        Assert.Null(new MessageCodec("").Decode(frames));
        frames[^1] = [.. "{\"code\": \""u8, 0xc3, 0xbc, .. "\"}"u8];
        Assert.Equal("ü", new MessageCodec("").Decode(frames)!.Content.Text("code"));
    }

    [Fact]
    public void Signed_content_that_is_nested_without_end_is_refused()
    {
        byte[][] frames = ["<IDS|MSG>"u8.ToArray(), [], "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(),
            Encoding.ASCII.GetBytes("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}")];
        Assert.Null(new MessageCodec("").Decode(frames));
    }

    [Fact]
    public void Frames_of_any_bytes_are_refused_without_an_exception() => Prop.ForAll<byte[][]>(frames =>
    {
        Assert.Null(new MessageCodec("secret").Decode([.. frames.Select(frame => frame ?? [])]));
        Assert.Null(new MessageCodec("secret").Decode(["<IDS|MSG>"u8.ToArray(), .. frames.Select(frame => frame ?? [])]));
    }).QuickCheckThrowOnFailure();
}
