namespace WanLab.Jobs.Schema;

/// <summary>
/// One kind of value: how it is read from a node and written to one. Reading never throws: a wrong value
/// is reported and the start value returned, so that one reading finds every problem.
/// </summary>
internal abstract class Kind<T>
{
    /// <summary>What is read onto where there is no value yet, as for a new entry of a list.</summary>
    public abstract T Blank { get; }

    /// <summary>Reads <paramref name="node"/>; keys it leaves out keep their values in <paramref name="start"/>.</summary>
    public abstract T Read(JobNode node, string path, ReadContext context, T start);

    /// <summary>The node that reads back as <paramref name="value"/>; null for "no value".</summary>
    public abstract JobNode? Write(T value);

    /// <summary>The full names of this value's keys; list positions appear as N.</summary>
    public virtual IEnumerable<string> Paths(string path) => [path];

    /// <summary>What written nodes claim as their source; relative paths start at the current directory.</summary>
    protected static JobSource Written { get; } = new("job", "", HasLines: false);

    protected static JobScalar Plain(string text) => new(Written, 0, text, plain: true);

    protected static JobScalar Quoted(string text) => new(Written, 0, text, plain: false);
}

/// <summary>A value that may be absent: <c>none</c> or an empty value reads as null.</summary>
internal sealed class Optional<T>(Kind<T> kind) : Kind<T?> where T : class
{
    public override T? Blank => null;

    public override T? Read(JobNode node, string path, ReadContext context, T? start) =>
        node is JobScalar { IsNull: true } or JobScalar { Plain: true, Text: "none" }
            ? null
            : kind.Read(node, path, context, start ?? kind.Blank);

    public override JobNode? Write(T? value) => value is null ? null : kind.Write(value);

    public override IEnumerable<string> Paths(string path) => kind.Paths(path);
}

/// <summary>As <see cref="Optional{T}"/>, for numbers, switches and choices.</summary>
internal sealed class OptionalValue<T>(Kind<T> kind) : Kind<T?> where T : struct
{
    public override T? Blank => null;

    public override T? Read(JobNode node, string path, ReadContext context, T? start) =>
        kind.Read(node, path, context, start ?? kind.Blank);

    public override JobNode? Write(T? value) => value is null ? null : kind.Write(value.Value);

    public override IEnumerable<string> Paths(string path) => kind.Paths(path);
}
