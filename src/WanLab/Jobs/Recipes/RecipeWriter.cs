namespace WanLab.Jobs.Recipes;

/// <summary>
/// Writes complete jobs with comments: the tutorial's recipes for a motion, a style or a character, for a GPU's memory,
/// adapted to the content of the dataset folder.
/// </summary>
public static partial class RecipeWriter
{
    private const string NoModel = "Wan2.2-I2V-A14B";

    // Folder names that do not describe the content; the parent folder names the run.
    private static readonly string[] PlainNames = ["clips", "videos", "images", "data", "dataset", "train"];

    /// <summary>Examines the dataset and writes the recipe.</summary>
    /// <exception cref="WanLabException">The GPU's size is unknown, or the dataset does not suit the kind.</exception>
    public static Recipe Write(RecipeRequest request, CancellationToken cancellation = default)
    {
        if (request.Gpu < RecipeSettings.Least)
            throw new WanLabException($"--gpu: there is no recipe for {request.Gpu} GB; the least is {RecipeSettings.Least}.");
        if (request.TriggerWord is { } given && given.Trim().Length == 0)
            throw new WanLabException("--trigger: is empty; write a word, or leave the option out.");
        var survey = DatasetSurvey.Of(request.Dataset, cancellation);
        if (survey.AreImages && request.Kind == RecipeKind.Motion)
            throw new WanLabException(
                $"--dataset: '{request.Dataset}' holds images only, and a motion cannot be learned from them. Give a folder of clips.");

        var tiny = request.Model == RecipeRequest.TinyModel;
        var settings = RecipeSettings.For(request.Kind, request.Gpu, survey.Clips.Count, tiny);
        var frames = survey.FramesThatFit(settings.WantedFrames);
        var recipe = new RecipePages(request, survey, settings, frames, request.TriggerWord?.Trim() ?? MadeUpTrigger(request.Kind),
            NameOf(request), Folder(request));
        return new Recipe(recipe.Write(), [.. Notes(request, survey, settings, frames)]);
    }

    /// <summary>The placeholder for the model's path if none was given.</summary>
    internal static string PathToFillIn => NoModel;

    private static IEnumerable<string> Notes(RecipeRequest request, DatasetSurvey survey, RecipeSettings settings, int frames)
    {
        if (request.Model is null)
            yield return $"model.path is a place to fill in ('{NoModel}'): write the model's folder, or give --model.";
        if (request.TriggerWord is null && MadeUpTrigger(request.Kind) is { } word)
            yield return $"job.trigger_word is the made-up word '{word}': change it to your own, or give --trigger. " +
                "It is put in front of captions that lack it.";
        foreach (var problem in survey.Problems) yield return $"cannot be used and will be left out: {problem.Message}";
        if (survey.TooShort(frames) is > 0 and var few)
            yield return $"{few} of {survey.Clips.Count} clips are too short for {frames} frames at 16 a second and will be left out.";
        if (survey.WithoutCaption is > 0 and var bare)
            yield return $"{bare} of {survey.Clips.Count} files have no caption of their own: write captions, or edit " +
                "datasets.default_caption. Until then the job is refused.";
        if (!survey.AreImages && frames < settings.WantedFrames)
            yield return $"num_frames is {frames}, not {settings.WantedFrames}, because the clips are no longer than that.";
    }

    private static string? MadeUpTrigger(RecipeKind kind) => kind switch
    {
        RecipeKind.Style => "wlstyle",
        RecipeKind.Character => "wlchar",
        _ => null,
    };

    private static string NameOf(RecipeRequest request)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Dataset));
        var folder = Path.GetFileName(full);
        if (PlainNames.Contains(folder, StringComparer.OrdinalIgnoreCase)
            && Path.GetFileName(Path.GetDirectoryName(full)) is { Length: > 0 } parent) folder = parent;
        var name = Illegal().Replace($"{folder}_{request.Kind.ToString().ToLowerInvariant()}", "_").Trim('_', '.');
        return request.Model == RecipeRequest.TinyModel ? name + "_tiny" : name;
    }

    private static string Folder(RecipeRequest request) =>
        request.File is { } file ? Path.GetDirectoryName(Path.GetFullPath(file))! : Directory.GetCurrentDirectory();

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex Illegal();
}
