namespace WanLab.Options;

/// <summary>Marks text that names a file or folder. A relative path starts at the folder of the file that it is written in.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FilePathAttribute : Attribute
{
    /// <summary>A value that is a word and not a path; null where there is none.</summary>
    public string? Word { get; init; }
}
