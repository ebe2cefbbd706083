namespace WanLab.Media;

/// <summary>Reads the turn of an AVIF or HEIF picture, which is a property of the item (boxes irot and imir), not EXIF data.</summary>
internal static class HeifTurn
{
    /// <summary>The same turn as an EXIF orientation, 1 to 8.</summary>
    public static int Of(ReadOnlySpan<byte> head)
    {
        var quarters = Value(head, "irot"u8) is >= 0 and var turn ? turn & 3 : 0;
        return (quarters, Value(head, "imir"u8)) switch
        {
            (0, 0) => 4,
            (0, 1) => 2,
            (1, 0) => 5,
            (1, 1) => 7,
            (2, 0) => 2,
            (2, 1) => 4,
            (3, 0) => 7,
            (3, 1) => 5,
            (1, _) => 8,
            (2, _) => 3,
            (3, _) => 6,
            _ => 1,
        };
    }

    // Both boxes are nine bytes long: length, name, value. -1 where there is none.
    private static int Value(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        Span<byte> box = [0, 0, 0, 9, .. name];
        var at = head.IndexOf(box);
        return at < 0 || at + 8 >= head.Length ? -1 : head[at + 8];
    }
}
