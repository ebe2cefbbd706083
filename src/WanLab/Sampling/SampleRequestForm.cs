using System.Text.Json.Serialization;
using WanLab.Diffusion;

namespace WanLab.Sampling;

/// <summary>
/// The form of a request in a clip's .json file. It is older than <see cref="VideoSettings"/>: it keeps the solver's settings separate.
/// </summary>
internal sealed class SampleRequestForm : JsonConverter<SampleRequest>
{
    public override SampleRequest Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var request = new SampleRequest { Prompt = Text(json.RootElement, "prompt"), Image = Text(json.RootElement, "image") };
        foreach (var entry in json.RootElement.EnumerateObject())
        {
            var (video, value) = (request.Video, entry.Value);
            request = entry.Name switch
            {
                "prompt" or "image" => request,
                "negative_prompt" => request with { Video = video with { NegativePrompt = value.GetString() ?? "" } },
                "width" => request with { Video = video with { Width = value.GetInt32() } },
                "height" => request with { Video = video with { Height = value.GetInt32() } },
                "num_frames" => request with { Video = video with { NumFrames = value.GetInt32() } },
                "fps" => request with { Video = video with { Fps = value.GetInt32() } },
                "seed" => request with { Video = video with { Seed = value.GetInt64() } },
                "solver" => value.EnumerateObject().Aggregate(request, (at, setting) => WithSolver(at, setting, options)),
                _ => throw new JsonException($"request.{entry.Name} is not a known name"),
            };
        }
        return request;
    }

    public override void Write(Utf8JsonWriter writer, SampleRequest value, JsonSerializerOptions options)
    {
        var video = value.Video;
        JsonSerializer.Serialize(writer, new
        {
            value.Prompt,
            video.NegativePrompt,
            value.Image,
            video.Width,
            video.Height,
            video.NumFrames,
            video.Fps,
            video.Seed,
            Solver = new { video.Sampler.Name, video.Steps, video.Shift, Guidance = video.GuidanceScale, value.Boundary },
        }, options);
    }

    private static SampleRequest WithSolver(SampleRequest request, JsonProperty setting, JsonSerializerOptions options)
    {
        var (video, value) = (request.Video, setting.Value);
        return setting.Name switch
        {
            "name" => request with { Video = video with { Sampler = Named(value) } },
            "steps" => request with { Video = video with { Steps = value.GetInt32() } },
            "shift" => request with { Video = video with { Shift = value.GetDouble() } },
            "guidance" => request with { Video = video with { GuidanceScale = value.Deserialize<PerExpert>(options) } },
            "boundary" => request with { Boundary = value.GetDouble() },
            _ => throw new JsonException($"request.solver.{setting.Name} is not a known name"),
        };
    }

    private static Solver Named(JsonElement name)
    {
        try
        {
            return Solver.Parse(name.GetString() ?? "");
        }
        catch (WanLabException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static string Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) ? value.GetString() ?? "" : throw new JsonException($"request.{name} is missing");
}
