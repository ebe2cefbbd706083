namespace WanLab.Datasets;

/// <summary>Counts the clips that would be trained with their dataset's default caption. Nothing is decoded.</summary>
internal static class UncaptionedClips
{
    /// <summary>Number of clips, or of images where they are used, without a caption of their own.</summary>
    public static int Count(DatasetOptions options)
    {
        try
        {
            var captions = CaptionFiles.In(options.Path);
            return ClipFolder.Files(options.Path, ClipLibrary.ExtensionsOf(options)).Count(file => IsBare(captions, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // a folder that cannot be listed trains nothing, and that is said where clips are read
        }
    }

    // A caption that cannot be read is none to fill in: its clip is left out, and that is said where clips are read.
    private static bool IsBare(CaptionFiles captions, string file)
    {
        try
        {
            return captions.Find(file).File is null;
        }
        catch (WanLabException)
        {
            return false;
        }
    }
}
