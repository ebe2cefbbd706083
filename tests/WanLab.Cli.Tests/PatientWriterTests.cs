namespace WanLab.Cli.Tests;

public class PatientWriterTests
{
    [Fact]
    public void A_terminal_that_was_closed_ends_nothing_and_is_remembered()
    {
        using var full = new ClosedTerminal();
        using var patient = new PatientWriter(full);
        Assert.False(patient.Failed);
        patient.WriteLine("step 5 of 8");
        patient.Write('x');
        patient.Flush();
        Assert.True(patient.Failed);
    }

    [Fact]
    public void What_can_be_written_is_written()
    {
        using var text = new StringWriter { NewLine = "\n" };
        using var patient = new PatientWriter(text);
        patient.WriteLine("a line");
        patient.Write("more");
        Assert.Equal("a line\nmore", text.ToString());
        Assert.False(patient.Failed);
    }

    private sealed class ClosedTerminal : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("Input/output error");
    }
}
