namespace WanLab.Options;

/// <summary>
/// One of a few values that files choose by a word, where the value itself does the work: a solver, an optimiser. The values
/// are the public static properties of the type, so that adding one is one line.
/// </summary>
public interface INamed
{
    /// <summary>The word.</summary>
    string Name { get; }
}
