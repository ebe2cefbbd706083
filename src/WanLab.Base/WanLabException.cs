namespace WanLab;

/// <summary>
/// A mistake a user can mend. The message says what is wrong, where (file, line, key, clip) and what to do;
/// the command line prints it without a stack trace.
/// </summary>
public sealed class WanLabException : Exception
{
    /// <summary>Makes an error from its full message.</summary>
    public WanLabException(string message) : base(message) { }

    /// <summary>Makes an error from its full message and what caused it.</summary>
    public WanLabException(string message, Exception inner) : base(message, inner) { }
}
