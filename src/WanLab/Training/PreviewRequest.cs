using WanLab.Datasets;
using WanLab.Diffusion;
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
        var options = job.Sample.For(index);
        return new SampleRequest
        {
            Prompt = WithTrigger(options.Prompts[0].Prompt),
            NegativePrompt = WithTrigger(options.NegativePrompt),
            Image = options.Prompts[0].Image,
            Width = options.Width,
            Height = options.Height,
            NumFrames = options.NumFrames,
            Fps = options.Fps,
            Seed = options.Seed,
            Solver = new SolverSettings
            {
                Name = NameOf(options.Sampler),
                Steps = options.Steps,
                Shift = options.Shift,
                Guidance = options.GuidanceScale,
                Boundary = job.Multistage.Boundary,
            },
        };

        // A prompt says what its clip is about: the trigger word comes only where it is asked for.
        string WithTrigger(string text) => Captions.WithTrigger(text, job.TriggerWord, isRegularization: true);
    }

    private static string NameOf(SamplerType sampler) => sampler switch
    {
        SamplerType.DpmPlusPlus => Solver.DpmPlusPlus.Name,
        SamplerType.Euler => Solver.Euler.Name,
        _ => Solver.UniPc.Name,
    };
}
