namespace WanLab.Datasets;

/// <summary>The origin of a clip's caption.</summary>
public enum CaptionOrigin
{
    /// <summary>From a file of the clip's own.</summary>
    File,

    /// <summary>From the dataset's default, if it has one: the clip's own file is empty.</summary>
    EmptyFile,

    /// <summary>From the dataset's default, if it has one: the clip has no file of its own.</summary>
    NoFile,
}
