namespace WanLab.Jupyter.Serving;

/// <summary>Jupyter counts characters as Unicode code points, C# as UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The index into the text of a count of code points; past the end is the end.</summary>
    public static int ToUtf16(string text, int count)
    {
        var index = 0;
        for (; count > 0 && index < text.Length; count--) index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>The count of code points in front of an index.</summary>
    public static int FromUtf16(string text, int index)
    {
        var count = 0;
        for (var k = 0; k < index; count++) k += char.IsSurrogatePair(text, k) ? 2 : 1;
        return count;
    }
}
