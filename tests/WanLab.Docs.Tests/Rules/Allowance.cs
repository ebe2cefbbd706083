using System.Globalization;
using Counts = System.Collections.Generic.Dictionary<(string Rule, string Place), int>;

namespace WanLab.Docs.Tests.Rules;

/// <summary>
/// The number of faults of a rule that a place may still have. A count that grows fails; one that shrinks must be written down, so that it
/// cannot grow back. With WANLAB_UPDATE_GOLDENS=1 the file is rewritten, unless the rule's total has grown.
/// </summary>
internal static class Allowance
{
    private const string File = "tests/WanLab.Docs.Tests/allowance.txt";
    private const string Head =
        "# Faults that a place may still have: RULE PLACE COUNT. Counts only shrink; WANLAB_UPDATE_GOLDENS=1 writes them.\n";

    private static readonly bool Update = Environment.GetEnvironmentVariable("WANLAB_UPDATE_GOLDENS") == "1";
    private static readonly Lock Writing = new();

    /// <summary>Fails where a place has more faults than allowed, or fewer than are written down.</summary>
    public static void Holds(string rule, IEnumerable<Fault> faults)
    {
        lock (Writing)
        {
            var found = faults.ToList();
            var all = Parse(ProjectFiles.Read(File));
            if (Update && found.Count <= all.Where(a => a.Key.Rule == rule).Sum(a => a.Value))
            {
                all = Replaced(all, rule, found);
                System.IO.File.WriteAllText(ProjectFiles.Full(File), Text(all));
            }
            var complaints = Complaints(all, rule, found).ToList();
            Assert.True(complaints.Count == 0, string.Join('\n', complaints)); // Assert.Empty cuts texts off
        }
    }

    public static Counts Parse(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split(' '))
        .ToDictionary(parts => (parts[0], parts[1]), parts => int.Parse(parts[2], CultureInfo.InvariantCulture));

    /// <summary>The sentences that a failing test shows.</summary>
    public static IEnumerable<string> Complaints(Counts allowed, string rule, IReadOnlyCollection<Fault> faults)
    {
        var found = faults.ToLookup(fault => ProjectFiles.PlaceOf(fault.File));
        var places = allowed.Keys.Where(key => key.Rule == rule).Select(key => key.Place);
        foreach (var place in places.Union(found.Select(group => group.Key)).Order(StringComparer.Ordinal))
        {
            var (here, limit) = (found[place].ToList(), allowed.GetValueOrDefault((rule, place)));
            if (here.Count > limit)
                yield return $"{place} has {here.Count} faults of the rule '{rule}' and may have {limit}:\n" +
                    string.Join('\n', here.Select(fault => $"  {fault.File}:{fault.Line}: {fault.Message}"));
            if (here.Count < limit)
                yield return $"{place} has {here.Count} faults of the rule '{rule}', fewer than the {limit} in {File}: " +
                    "write the new count there, or run with WANLAB_UPDATE_GOLDENS=1.";
        }
    }

    private static Counts Replaced(Counts all, string rule, List<Fault> faults)
    {
        var others = all.Where(entry => entry.Key.Rule != rule);
        var own =
            from count in faults.CountBy(fault => ProjectFiles.PlaceOf(fault.File))
            select KeyValuePair.Create((rule, count.Key), count.Value);
        return others.Concat(own).ToDictionary();
    }

    private static string Text(Counts all) => Head + string.Concat(all
        .OrderBy(entry => entry.Key.Rule, StringComparer.Ordinal).ThenBy(entry => entry.Key.Place, StringComparer.Ordinal)
        .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key.Rule} {entry.Key.Place} {entry.Value}\n")));
}

/// <summary>One place where a rule is broken.</summary>
/// <param name="File">Path from the root.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">The fault and its remedy.</param>
internal sealed record Fault(string File, int Line, string Message);
