namespace WanLab.Options;

/// <summary>
/// One of a few values that files choose by a word and that hold the behaviour themselves, such as a solver or an optimiser. The
/// values are the public static properties of the type, so adding one is one line.
/// </summary>
internal interface INamed
{
    /// <summary>The word that files use for the value.</summary>
    string Name { get; }
}
