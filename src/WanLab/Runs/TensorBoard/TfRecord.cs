using System.Buffers.Binary;
using System.Numerics;

namespace WanLab.Runs.TensorBoard;

/// <summary>
/// The framing of TensorFlow's record files: length (8 bytes), checksum of the length (4), data, checksum of the data (4),
/// all little-endian. Source: tensorflow/core/lib/io/record_writer.h.
/// </summary>
internal static class TfRecord
{
    private const int LengthSize = 8;
    private const int ChecksumSize = 4;

    /// <summary>The bytes of one record with its frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[LengthSize + ChecksumSize + data.Length + ChecksumSize];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthSize), MaskedCrc(record.AsSpan(0, LengthSize)));
        data.CopyTo(record.AsSpan(LengthSize + ChecksumSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - ChecksumSize), MaskedCrc(data));
        return record;
    }

    // The mask keeps the checksum strong where the data itself contains checksums.
    private static uint MaskedCrc(ReadOnlySpan<byte> data)
    {
        var crc = ~0u;
        foreach (var b in data) crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
