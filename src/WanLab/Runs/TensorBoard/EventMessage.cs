using System.Buffers.Binary;

namespace WanLab.Runs.TensorBoard;

/// <summary>
/// The few protocol buffer messages that scalars need, written by hand. Field numbers are those of tensorflow's event.proto and
/// summary.proto.
/// </summary>
internal static class EventMessage
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, SessionLog = 7; // Event
    private const int Value = 1; // Summary
    private const int Tag = 1, SimpleValue = 2; // Summary.Value
    private const int Status = 1; // SessionLog
    private const int StatusStart = 1;

    /// <summary>The event with which every file starts: the version of the format.</summary>
    public static byte[] Version(DateTimeOffset time) => Event(time, 0, m => m.Text(FileVersion, "brain.Event:2"));

    /// <summary>The event that a run starts, or resumes, at a step: readers discard earlier values from that step on.</summary>
    public static byte[] Start(DateTimeOffset time, int step) =>
        Event(time, step, m => m.Message(SessionLog, log => log.Number(Status, StatusStart)));

    /// <summary>The event with the values of one step.</summary>
    public static byte[] Scalars(DateTimeOffset time, int step, IEnumerable<(string Tag, double Value)> scalars) =>
        Event(time, step, m => m.Message(Summary, summary =>
        {
            foreach (var (tag, value) in scalars)
            {
                summary.Message(Value, entry =>
                {
                    entry.Text(Tag, tag);
                    entry.Single(SimpleValue, (float)value);
                });
            }
        }));

    private static byte[] Event(DateTimeOffset time, int step, Action<Encoder> what)
    {
        var message = new Encoder();
        message.Double(WallTime, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        message.Number(Step, (ulong)step);
        what(message);
        return message.Bytes;
    }

    private sealed class Encoder
    {
        private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

        private readonly MemoryStream _bytes = new();

        public byte[] Bytes => _bytes.ToArray();

        public void Number(int field, ulong value)
        {
            Key(field, Varint);
            Write(value);
        }

        public void Double(int field, double value)
        {
            Key(field, Fixed64);
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        public void Single(int field, float value)
        {
            Key(field, Fixed32);
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            _bytes.Write(bytes);
        }

        public void Text(int field, string value) => Block(field, System.Text.Encoding.UTF8.GetBytes(value));

        public void Message(int field, Action<Encoder> content)
        {
            var inner = new Encoder();
            content(inner);
            Block(field, inner.Bytes);
        }

        private void Block(int field, byte[] bytes)
        {
            Key(field, Delimited);
            Write((ulong)bytes.Length);
            _bytes.Write(bytes);
        }

        private void Key(int field, int wireType) => Write((ulong)(field << 3 | wireType));

        private void Write(ulong value)
        {
            for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
            _bytes.WriteByte((byte)value);
        }
    }
}
