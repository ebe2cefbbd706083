namespace WanLab.Options;

/// <summary>Text that names a file or folder. A relative one starts at the folder of the file that it is written in.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathAttribute : Attribute
{
    /// <summary>A value that is a word and no path; null where there is none.</summary>
    public string? Word { get; init; }
}
