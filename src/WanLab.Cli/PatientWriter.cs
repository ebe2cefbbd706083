using System.Text;

namespace WanLab.Cli;

/// <summary>
/// A console's output whose terminal may have been closed: what cannot be written is dropped, and the program continues.
/// </summary>
/// <param name="inner">The console's own writer.</param>
internal sealed class PatientWriter(TextWriter inner) : TextWriter
{
    /// <summary>Whether anything could not be written.</summary>
    public bool Failed { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override IFormatProvider FormatProvider => inner.FormatProvider;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            Failed = true;
        }
    }
}
