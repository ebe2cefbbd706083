namespace WanLab;

/// <summary>
/// Marks a parameter whose text a notebook completes while it is typed. The source has a static method <c>Complete</c> that takes the
/// text up to the cursor and returns whole texts that begin with it.
/// </summary>
/// <param name="source">The type with the method.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class CompletedByAttribute(Type source) : Attribute
{
    /// <summary>The type with the method.</summary>
    public Type Source { get; } = source;
}
