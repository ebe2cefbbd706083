namespace WanLab.Yaml;

/// <summary>The severity of a problem.</summary>
public enum Severity
{
    /// <summary>The file cannot be used.</summary>
    Error,

    /// <summary>The file can be used, but perhaps not in the way it was meant.</summary>
    Warning,
}

/// <summary>A problem in a file of settings: where it is, what is wrong, and what to do.</summary>
/// <param name="File">The file as the caller named it, <c>--set</c> for an override, <c>job</c> for settings made in code.</param>
/// <param name="Line">Line in the file, from 1; 0 if there are no lines.</param>
/// <param name="Key">The key's full name, such as <c>training.steps</c> or <c>datasets.0.path</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Severity">Error or warning.</param>
[TypeFormatterSource]
public sealed record Problem(string File, int Line, string Key, string Message, Severity Severity)
{
    /// <summary>The problem as one line: <c>job.yaml:12: error: training.steps: must be at least 1, not 0</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}" : File;
        var kind = Severity == Severity.Error ? "error" : "warning";
        return Key.Length > 0 ? $"{place}: {kind}: {Key}: {Message}" : $"{place}: {kind}: {Message}";
    }
}
