using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using WanLab.Content;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab cache list|verify|clean</c>: lists, verifies or clears the cache of encoded clips and captions.</summary>
internal static class CacheVerb
{
    public static Command Create(CliContext context)
    {
        var folder = new Option<string>("--folder")
        {
            Description = "The cache's folder.",
            DefaultValueFactory = _ => CacheFolder.Encodings,
            Recursive = true,
        };
        var command = new Command("cache", "List, verify or clean the cache of encoded clips and captions.") { folder };
        command.Subcommands.Add(List(folder, context));
        command.Subcommands.Add(Verify(folder, context));
        command.Subcommands.Add(Clean(folder, context));
        return command;
    }

    private static Command List(Option<string> folder, CliContext context)
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "Show what is in the cache, by age and size.") { json };
        command.SetAction(parsed =>
        {
            var entries = ContentListing.Of(parsed.GetRequiredValue(folder));
            var days = entries.GroupBy(entry => entry.Used.LocalDateTime.Date).OrderByDescending(day => day.Key);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Out, new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
                {
                    ["file"] = entry.File,
                    ["bytes"] = entry.Bytes,
                    ["used"] = entry.Used.ToString("O", CultureInfo.InvariantCulture),
                })]));
                return;
            }
            context.Out.Show(new Heading(parsed.GetRequiredValue(folder), Count(entries)));
            if (entries.Count == 0) return;
            context.Out.Show(new TableBlock(["last used", "entries", "size"], [.. days.Select(day => Row(day.Key, [.. day]))]));
        });
        return command;
    }

    private static Command Verify(Option<string> folder, CliContext context)
    {
        var command = new Command("verify",
            "Read every entry and delete those that are damaged; they are made again when a run needs them.");
        command.SetAction((parsed, cancellation) =>
        {
            ContentListing.RequireCache(parsed.GetRequiredValue(folder));
            var entries = ContentListing.Of(parsed.GetRequiredValue(folder));
            var damaged = entries.Where(entry =>
            {
                cancellation.ThrowIfCancellationRequested();
                return !entry.IsWhole();
            }).ToList();
            foreach (var entry in damaged)
            {
                entry.Delete();
                context.Out.WriteRaw($"damaged, deleted: {entry.File}");
            }
            context.Out.WriteRaw($"{Count(entries)}: {entries.Count - damaged.Count} whole, {damaged.Count} damaged");
            return Task.FromResult(damaged.Count == 0 ? ExitCode.Success : ExitCode.UserError);
        });
        return command;
    }

    private static Command Clean(Option<string> folder, CliContext context)
    {
        var days = new Option<int>("--older-than")
        {
            Description = "Only what no run has used for this many days.",
            DefaultValueFactory = _ => 0,
        };
        days.Require(value => value >= 0, "--older-than must be 0 or more days.");
        var command = new Command("clean", "Delete the cache, or only old entries. Runs encode again what they need.") { days };
        command.SetAction(parsed =>
        {
            var limit = context.Time.GetUtcNow() - TimeSpan.FromDays(parsed.GetValue(days));
            var place = parsed.GetRequiredValue(folder);
            ContentListing.RequireCache(place);
            var old = ContentListing.Of(place).Where(entry => parsed.GetValue(days) == 0 || entry.Used < limit).ToList();
            foreach (var entry in old) entry.Delete();
            var leftovers = ContentListing.DeleteLeftovers(place, context.Time.GetUtcNow());
            context.Out.WriteRaw($"deleted {Count(old)}{(leftovers > 0 ? $", and {leftovers} unfinished" : "")} from {place}");
        });
        return command;
    }

    private static IReadOnlyList<string> Row(DateTime day, IReadOnlyList<CachedEntry> entries) =>
        [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Numbers.Count(entries.Count), Size(entries)];

    private static string Count(IReadOnlyList<CachedEntry> entries) => $"{Numbers.Of(entries.Count, "entry", "entries")}, {Size(entries)}";

    private static string Size(IReadOnlyList<CachedEntry> entries) => Numbers.Size(entries.Sum(entry => entry.Bytes));
}
