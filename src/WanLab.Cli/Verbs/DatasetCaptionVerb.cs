using System.CommandLine;
using WanLab.Captioner;
using WanLab.Curation.Captioning;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab dataset caption</c>: has a model that sees pictures draft captions.</summary>
internal static class DatasetCaptionVerb
{
    public static Command Create(CliContext context)
    {
        var (folder, kind, trigger) = (DatasetVerbs.Folder(), CaptionOptions.Kind(), CaptionOptions.Trigger());
        var endpoint = new Option<string>("--endpoint")
        {
            Description = "Address of a server with OpenAI's interface, such as http://localhost:11434/v1.",
            Required = true,
        };
        var model = new Option<string>("--model") { Description = "The model's name there; it has to see pictures.", Required = true };
        var frames = Number("--frames", 8, 64, "Frames of each clip that are sent.");
        var atOnce = Number("--at-once", 2, 64, "Requests at a time.");
        var missing = new Option<bool>("--only-missing") { Description = "Only clips without a caption of their own." };
        var dry = new Option<bool>("--dry-run") { Description = "Only say how many pictures and tokens it would be; nothing is sent." };
        var priceIn = Price("--price-in", "Price of a million tokens that are sent, for an estimate of the cost.");
        var priceOut = Price("--price-out", "Price of a million tokens of the answers.");
        var accept = new Option<bool>("--accept") { Description = "Make the drafts the captions at once; this can be undone." };
        var command = new Command("caption",
            $"Have a model draft captions; they stay apart until accepted. A key is read from {CaptionKey.Own} or {CaptionKey.Common}.")
        {
            folder, endpoint, model, kind, trigger, frames, atOnce, missing, dry, priceIn, priceOut, accept,
        };
        command.SetAction((parsed, cancellation) => new DraftRun(context, CaptionFolder.Read(parsed.GetRequiredValue(folder)),
            new CaptionerOptions
            {
                Endpoint = CaptionEndpoint.Parse(parsed.GetRequiredValue(endpoint)),
                Model = parsed.GetRequiredValue(model),
                Kind = CaptionOptions.KindOf(parsed.GetValue(kind)),
                TriggerWord = parsed.GetValue(trigger),
                Frames = parsed.GetValue(frames),
                AtOnce = parsed.GetValue(atOnce),
                OnlyMissing = parsed.GetValue(missing),
            })
        {
            PriceIn = parsed.GetValue(priceIn), PriceOut = parsed.GetValue(priceOut),
        }.RunAsync(parsed.GetValue(dry), parsed.GetValue(accept), cancellation));
        return command;
    }

    private static Option<int> Number(string name, int usual, int most, string description)
    {
        var option = new Option<int>(name) { Description = $"{description} Default: {usual}.", DefaultValueFactory = _ => usual };
        option.Require(value => value >= 1 && value <= most, $"{name} must be 1 to {most}.");
        return option;
    }

    private static Option<double?> Price(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description };
        option.Require(value => value is not { } price || (price >= 0 && double.IsFinite(price)), $"{name} must be 0 or more.");
        return option;
    }
}
