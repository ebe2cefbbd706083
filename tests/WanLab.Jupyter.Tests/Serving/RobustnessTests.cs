using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using WanLab.Jupyter.Client;
using WanLab.Jupyter.Wire;
using WanLab.Models;
using Xunit.Abstractions;

namespace WanLab.Jupyter.Tests.Serving;

/// <summary>What must not bring the kernel down; the figures are in the test's output.</summary>
public sealed class RobustnessTests(ITestOutputHelper output) : IDisposable
{
    private readonly ServedKernel _kernel = new();

    private KernelClient Client => _kernel.Client;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Messages_with_a_wrong_signature_are_dropped()
    {
        Client.Execute("var runs = 0;");
        var stranger = new MessageCodec("another key");
        for (var k = 0; k < 1000; k++)
            Client.SendFrames(stranger.Encode(Message.Create("execute_request", KernelClient.Cell("runs++;"), null, "s",
                TimeProvider.System)), k % 2 == 0 ? KernelPort.Shell : KernelPort.Control);
        Assert.Equal("0", Answer("runs"));
        Client.Request("kernel_info_request", port: KernelPort.Control); // behind the last of them
        Assert.Equal(1000, _kernel.Server.Dropped);
        output.WriteLine("1000 messages with a wrong HMAC: 1000 dropped");
    }

    [Fact]
    public void Garbage_frames_are_dropped()
    {
        var random = new Random(1);
        for (var k = 0; k < 3000; k++)
        {
            var frames = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Bytes(random, random.Next(200))).ToList();
            if (k % 3 == 0) frames.Insert(random.Next(frames.Count), "<IDS|MSG>"u8.ToArray());
            Client.SendFrames(frames, (KernelPort)(k % 3));
        }
        Assert.Equal("2", Answer("1 + 1"));
        output.WriteLine("3000 messages of random frames: the kernel answers");
    }

    [Fact]
    public void Signed_nonsense_is_answered_or_dropped()
    {
        string[] contents =
        [
            "{}", "{\"code\": 5}", "{\"code\": null, \"cursor_pos\": -7}", "{\"code\": \"x\", \"cursor_pos\": 1e9}",
            "{\"code\": \"x.\", \"cursor_pos\": \"two\"}", "{\"user_expressions\": [1], \"code\": \"1\"}",
            "{\"n\": -5, \"pattern\": \"[\"}",
        ];
        string[] types = ["execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_open",
            "input_reply", "", "no_such_request"];
        foreach (var type in types)
            foreach (var content in contents)
                foreach (var port in (KernelPort[])[KernelPort.Shell, KernelPort.Control, KernelPort.Stdin])
                    Client.Send(type, JsonNode.Parse(content)!.AsObject(), port);
        Client.Execute("0"); // may be dropped with what waits behind an error
        Assert.Equal("2", Answer("1 + 1"));
    }

    [Fact]
    public void Signed_messages_that_hold_no_text_or_are_too_large_are_dropped_alone()
    {
        Client.Execute("var kept = 5;");
        byte[][] contents =
        [
            "{\"code\":\"\\ud800\"}"u8.ToArray(), [.. "{\"code\":\""u8, 0xff, .. "\"}"u8], [.. "{\""u8, 0xff, .. "\":1}"u8],
            "{\"user_expressions\":{\"a\":\"1\",\"a\":\"2\"},\"code\":\"1\"}"u8.ToArray(),
            Encoding.ASCII.GetBytes(new string('[', 50_000)),
        ];
        foreach (var content in contents)
            foreach (var port in (KernelPort[])[KernelPort.Shell, KernelPort.Control, KernelPort.Stdin])
                Client.SendFrames(Signed("{\"msg_type\":\"execute_request\",\"msg_id\":\"m\"}"u8.ToArray(), content), port);
        Client.SendFrames(Signed("{\"msg_type\":\"\\ud800\"}"u8.ToArray(), "{}"u8.ToArray()));
        Client.SendFrames([.. Enumerable.Repeat(new byte[1 << 20], 80)]);
        Client.SendFrames([.. Enumerable.Repeat<byte[]>([1], 5000)]);
        Client.SendFrames([.. Enumerable.Repeat<byte[]>([1], 5000)], KernelPort.Control);
        Assert.Equal("5", Answer("kept"));
    }

    [Fact]
    public void A_pattern_of_many_stars_is_looked_for_in_time()
    {
        Client.Execute($"var text = \"{new string('a', 2000)}\";");
        var found = Client.Request("history_request", new()
        {
            ["hist_access_type"] = "search",
            ["pattern"] = string.Concat(Enumerable.Repeat("*a", 40)) + "b",
            ["n"] = 5
        }).Reply!;
        Assert.Empty(found.Content["history"]!.AsArray());
    }

    [Fact]
    public void Ten_thousand_rapid_messages_are_all_answered()
    {
        const int Count = 10_000;
        var started = Stopwatch.GetTimestamp();
        for (var k = 0; k < Count; k++) Client.Send("kernel_info_request");
        for (var k = 0; k < Count; k++) Client.Receive(KernelPort.Shell, message => message.Type == "kernel_info_reply");
        output.WriteLine($"{Count} requests answered in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        Assert.Equal("2", Answer("1 + 1"));
    }

    [Fact]
    public void Fifty_megabytes_of_text_arrive_whole()
    {
        const int Lines = 50_000;
        var started = Stopwatch.GetTimestamp();
        var cell = Client.Execute($"var line = new string('x', 999); for (var k = 0; k < {Lines}; k++) Console.WriteLine(line);");
        var text = cell.Stream();
        Assert.Equal(1000 * Lines, text.Length);
        Assert.Equal(Lines, text.Count(letter => letter == '\n'));
        var messages = cell.Of("stream").Count();
        output.WriteLine($"{text.Length / 1_000_000} MB in {messages} messages, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        Assert.InRange(messages, 1, 1000);
        Assert.Equal("2", Answer("1 + 1"));
    }

    [Theory]
    [InlineData("throw new Exception(\"a\", new Exception(\"b\"));", "Exception")]
    [InlineData("throw null;", "NullReferenceException")]
    [InlineData("await Task.WhenAll(Task.FromException(new Exception()), Task.FromException(new Exception()));", "Exception")]
    [InlineData("throw new OperationCanceledException();", "OperationCanceledException")]
    [InlineData("class Bad { public override string ToString() => throw new Exception(); } new Bad()", null)]
    [InlineData("class Loop { public Loop Self => this; } new Loop()", null)]
    public void A_cell_that_throws_is_an_error_and_no_end(string code, string? name)
    {
        var cell = Client.Execute(code);
        if (name is not null) Assert.Equal(name, (string?)cell.Of("error").Single()["ename"]);
        Assert.Equal("2", Answer("1 + 1"));
    }

    [Fact]
    public void A_task_that_fails_unobserved_is_no_end()
    {
        Client.Execute("_ = Task.Run(() => throw new Exception(\"unseen\")); async void Later() { await Task.Yield(); }");
        Assert.Equal("2", Answer("1 + 1"));
    }

    private string? Answer(string code) => (string?)Client.Execute(code).Of("execute_result").Single()["data"]!["text/plain"];

    private static IReadOnlyList<byte[]> Signed(byte[] header, byte[] content)
    {
        byte[][] parts = [header, "{}"u8.ToArray(), "{}"u8.ToArray(), content];
        var signature = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(ServedKernel.Key),
            parts.SelectMany(part => part).ToArray());
        return ["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature)), .. parts];
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
