using WanLab.Curation.Motion;
using WanLab.Jobs.Recipes;

namespace WanLab.Captioner;

/// <summary>The question to a model, for each kind of LoRA.</summary>
internal static class CaptionPrompt
{
    /// <summary>The form of the answer, where the server can be held to one.</summary>
    public const string AsJson = """Answer with JSON of the form {"caption": "..."} and nothing else.""";

    /// <summary>The form of the answer otherwise.</summary>
    public const string AsText = "Answer with the caption alone, in one line, without quotes and without JSON.";

    /// <summary>The question about one clip, without the form of the answer.</summary>
    /// <param name="kind">The kind of LoRA; null for any.</param>
    /// <param name="triggerWord">The trigger word, if there is one.</param>
    /// <param name="pictures">Number of pictures that are sent.</param>
    /// <param name="seconds">Length of the clip.</param>
    /// <param name="motion">Its measured motion, if it was measured.</param>
    public static string For(RecipeKind? kind, string? triggerWord, int pictures, double seconds, ClipMotion? motion)
    {
        var what = pictures == 1
            ? "This picture is part of a set to train a video model on. Write its caption."
            : FormattableString.Invariant($"These {pictures} pictures are frames of one video of {seconds:0.0} seconds, in the order of ")
                + "time, evenly spread over it. Write a caption of the video, to train a video model on it.";
        string[] parts =
        [
            what, Rules(kind, triggerWord), Hint(kind, motion),
            "English, one or two sentences, at most 50 words. Say only what can be seen; no guesses, no praise.",
        ];
        return string.Join(' ', parts.Where(part => part != ""));
    }

    /// <summary>An answer as a caption: with the trigger word in front where the kind has one and the model left it out.</summary>
    public static string Finished(string answer, RecipeKind? kind, string? triggerWord) =>
        kind is null or RecipeKind.Motion || string.IsNullOrWhiteSpace(triggerWord)
            || Datasets.Captions.Contains(answer, triggerWord.Trim())
            ? answer : $"{triggerWord.Trim()}, {answer}";

    private static string Rules(RecipeKind? kind, string? triggerWord)
    {
        var word = string.IsNullOrWhiteSpace(triggerWord) ? "" : triggerWord.Trim();
        return kind switch
        {
            RecipeKind.Motion => "Name the motion first, in plain words: how the camera moves (pan, tilt, zoom, orbit, or still, with its "
                + "direction and pace) and what the subject does. Then say briefly what is seen.",
            RecipeKind.Style => "Describe the look alone: medium, light, colours, contrast, texture, grain, lens. Leave out people, "
                + $"things, places and actions.{(word == "" ? "" : $" Begin with the word {word}.")}",
            RecipeKind.Character => (word == "" ? "Begin with what the character is"
                    : $"The character is called {word}. Begin with {word} and what it is")
                + ", in one word such as woman, man or dog. Then say what changes from clip to clip: clothes, pose, action, place, light, "
                + "camera. Leave out what never changes, such as face and hair.",
            _ => "Say what is seen, what it does, and how the camera moves.",
        };
    }

    // A motion that the measure could not name is no still camera.
    private static string Hint(RecipeKind? kind, ClipMotion? motion) =>
        motion is null || kind == RecipeKind.Style || motion.Confidence < MotionMeter.LeastConfidence ? ""
        : motion.Phrase != "" ? $"The motion was measured as: {motion.Phrase}. Use this unless the pictures show that it is wrong."
        : "The camera was measured as still.";
}
