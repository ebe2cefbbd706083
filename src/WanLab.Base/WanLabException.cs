namespace WanLab;

/// <summary>
/// An error that a user can correct. The message says what is wrong, where (file, line, key, clip) and what to do;
/// the command line prints it without a stack trace.
/// </summary>
public class WanLabException : Exception
{
    /// <summary>Creates an error from its full message.</summary>
    public WanLabException(string message) : base(message) { }

    /// <summary>Creates an error from its full message and its cause.</summary>
    public WanLabException(string message, Exception inner) : base(message, inner) { }

    /// <summary>
    /// A value that a notebook shows above the first line of the message, in place of the rest; null if it shows the message.
    /// </summary>
    internal object? Shown { get; init; }
}
