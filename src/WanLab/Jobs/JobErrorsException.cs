namespace WanLab.Jobs;

/// <summary>A job has errors. A notebook shows them as it shows the reading; the message lists them for everyone else.</summary>
[TypeFormatterSource]
internal sealed class JobErrorsException(JobReading reading, string message) : WanLabException(message)
{
    /// <summary>The job's problems.</summary>
    public JobReading Reading { get; } = reading;
}
