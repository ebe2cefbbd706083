namespace WanLab.Curation.Advice;

/// <summary>The standing of a set in one respect.</summary>
public enum AdviceGrade
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not looked at.</summary>
    Unknown,

    /// <summary>Usable, and better would help.</summary>
    Fair,

    /// <summary>Bad enough to show in the LoRA.</summary>
    Poor,
}

/// <summary>One named check of a set.</summary>
/// <param name="Name">Name of the check; it stays the same.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Found">What was found, as a sentence without its end.</param>
public sealed record AdviceCheck(string Name, AdviceGrade Grade, string Found)
{
    /// <summary>The remedy; empty where all is good.</summary>
    public string Todo { get; init; } = "";

    /// <summary>The clips that it is about; none where it is about all.</summary>
    public IReadOnlyList<string> Clips { get; init; } = [];
}
