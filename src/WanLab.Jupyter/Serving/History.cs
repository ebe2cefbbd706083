using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Serving;

/// <summary>The cells of this session that ran, for clients that ask. There is one session, number 1.</summary>
internal sealed class History
{
    private const int Session = 1;
    // A client's pattern of many stars would keep the usual matcher busy without end.
    private const RegexOptions Linear = RegexOptions.Singleline | RegexOptions.NonBacktracking;
    private readonly Lock _lock = new();
    private readonly List<(int Line, string Input)> _entries = [];

    /// <summary>Remembers a cell.</summary>
    public void Add(int line, string input)
    {
        lock (_lock) _entries.Add((line, input));
    }

    /// <summary>Answers a <c>history_request</c>.</summary>
    public JsonObject Answer(JsonObject request)
    {
        lock (_lock)
        {
            var found = request.Text("hist_access_type") switch
            {
                "range" => Range(request),
                "search" => Search(request),
                _ => _entries.TakeLast(Math.Max(0, request.Number("n") ?? 10)),
            };
            var output = request.Flag("output", false);
            return new JsonObject
            {
                ["status"] = "ok",
                ["history"] = new JsonArray(
                [
                    .. found.Select(entry => new JsonArray(Session, entry.Line, output ? new JsonArray(entry.Input, null) : entry.Input)),
                ]),
            };
        }
    }

    private IEnumerable<(int Line, string Input)> Range(JsonObject request)
    {
        // Sessions before this one are counted back from it, and none is kept.
        if (request.Number("session") is not (null or 0 or Session)) return [];
        var (start, stop) = (request.Number("start") ?? 0, request.Number("stop") ?? int.MaxValue);
        return _entries.Where(entry => entry.Line >= start && entry.Line < stop);
    }

    private IEnumerable<(int Line, string Input)> Search(JsonObject request)
    {
        var pattern = Regex.Escape(request.Text("pattern") ?? "*")
            .Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\?", ".", StringComparison.Ordinal);
        var found = _entries.Where(entry => Regex.IsMatch(entry.Input, $"^{pattern}$", Linear));
        if (request.Flag("unique", false)) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return found.TakeLast(Math.Max(0, request.Number("n") ?? int.MaxValue));
    }
}
