using WanLab.Jupyter.Wire;
using WanLab.Jupyter.Zmq;

namespace WanLab.Jupyter.Tests.Zmq;

public sealed class ZmqSocketTests : IDisposable
{
    private readonly ZmqContext _context = new();

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Messages_come_whole_and_in_order()
    {
        using var reader = new ZmqSocket(_context, ZmqKind.Pair);
        reader.Bind("inproc://test");
        using var writer = new ZmqSocket(_context, ZmqKind.Pair);
        writer.Connect("inproc://test");
        Assert.Null(reader.TryReceive());
        var large = new byte[1 << 20];
        new Random(1).NextBytes(large);
        writer.Send([[], [1, 2], large]);
        writer.Send([[3]]);
        ZmqSocket.Wait([reader], TimeSpan.FromSeconds(60));
        Assert.Equal([[], [1, 2], large], reader.TryReceive()!);
        Assert.Equal([[3]], reader.TryReceive()!);
        Assert.Null(reader.TryReceive());
    }

    [Fact]
    public void A_message_that_is_too_large_is_dropped_alone()
    {
        using var reader = new ZmqSocket(_context, ZmqKind.Pair);
        reader.Bind("inproc://large");
        using var writer = new ZmqSocket(_context, ZmqKind.Pair);
        writer.Connect("inproc://large");
        var quarter = new byte[ZmqSocket.MaxBytes / 4];
        writer.Send([quarter, quarter, quarter, quarter, [1]]); // one byte too many
        writer.Send([[2]]);
        writer.Send([.. Enumerable.Repeat<byte[]>([3], ZmqSocket.MaxFrames + 1)]);
        writer.Send([[4]]);
        writer.Send([.. Enumerable.Repeat<byte[]>([5], ZmqSocket.MaxFrames)]);
        Assert.Empty(reader.TryReceive()!);
        Assert.Equal([[2]], reader.TryReceive()!);
        Assert.Empty(reader.TryReceive()!);
        Assert.Equal([[4]], reader.TryReceive()!);
        Assert.Equal(ZmqSocket.MaxFrames, reader.TryReceive()!.Count);
        Assert.Null(reader.TryReceive());
    }

    [Fact]
    public void Waiting_ends_with_its_time()
    {
        using var reader = new ZmqSocket(_context, ZmqKind.Pair);
        ZmqSocket.Wait([reader], TimeSpan.Zero);
        Assert.Null(reader.TryReceive());
    }

    [Fact]
    public void An_address_that_can_not_be_had_is_an_error()
    {
        using var socket = new ZmqSocket(_context, ZmqKind.Router);
        Assert.Contains("ipc:///no/such/folder/socket",
            Assert.Throws<ZmqException>(() => socket.Bind("ipc:///no/such/folder/socket")).Message, StringComparison.Ordinal);
    }
}
