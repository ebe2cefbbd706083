using WanLab.Datasets;
using WanLab.Sampling;

namespace WanLab.Training;

/// <summary>Turns a job's prompts into requests for the sampler.</summary>
public static class PreviewRequest
{
    /// <summary>The request of one preview: the prompt's settings, the trigger word in its place, the job's boundary.</summary>
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

        // A prompt says what its clip is about: the trigger word comes only where it is asked for.
        string WithTrigger(string text) => Captions.WithTrigger(text, job.TriggerWord, isRegularization: true);
    }
}
