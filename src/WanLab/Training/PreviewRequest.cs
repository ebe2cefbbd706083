using WanLab.Datasets;
using WanLab.Sampling;

namespace WanLab.Training;

/// <summary>Turns a job's prompts into requests for the sampler.</summary>
internal static class PreviewRequest
{
    /// <summary>The request for one preview, from the prompt's settings, the trigger word and the job's boundary.</summary>
    /// <param name="job">A resolved job.</param>
    /// <param name="index">Index of the prompt.</param>
    public static SampleRequest Of(TrainingJob job, int index)
    {
        var settings = job.Sample.For(index);
        return new SampleRequest
        {
            Prompt = WithTrigger(job.Sample.Prompts[index].Prompt),
            Image = job.Sample.Prompts[index].Image,
            Video = settings with { NegativePrompt = WithTrigger(settings.NegativePrompt) },
            Boundary = job.Multistage.Boundary,
        };

        // A prompt describes its own clip, so the trigger word is inserted only where the prompt asks for it.
        string WithTrigger(string text) => Captions.WithTrigger(text, job.TriggerWord, prepend: false);
    }
}
