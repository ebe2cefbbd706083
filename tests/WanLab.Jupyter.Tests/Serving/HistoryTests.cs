using System.Text.Json.Nodes;
using WanLab.Jupyter.Serving;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Serving;

public class HistoryTests
{
    private readonly History _history = new();

    public HistoryTests()
    {
        foreach (var (line, code) in ((int, string)[])[(1, "var a = 1;"), (2, "a"), (3, "a + 1"), (4, "a")]) _history.Add(line, code);
    }

    [Theory]
    [InlineData("""{"hist_access_type": "tail", "n": 2}""", "a + 1|a")]
    [InlineData("""{"hist_access_type": "tail"}""", "var a = 1;|a|a + 1|a")]
    [InlineData("""{"hist_access_type": "range", "session": 0, "start": 2, "stop": 4}""", "a|a + 1")]
    [InlineData("""{"hist_access_type": "range", "session": -1, "start": 1}""", "")]
    [InlineData("""{"hist_access_type": "search", "pattern": "a*"}""", "a|a + 1|a")]
    [InlineData("""{"hist_access_type": "search", "pattern": "a*", "unique": true}""", "a + 1|a")]
    [InlineData("""{"hist_access_type": "search", "pattern": "a*", "n": 1}""", "a")]
    [InlineData("""{"hist_access_type": "search", "pattern": "a ? 1"}""", "a + 1")]
    [InlineData("""{"hist_access_type": "search", "pattern": "(a"}""", "")]
    public void A_question_finds_cells(string request, string expected)
    {
        var answer = _history.Answer(JsonNode.Parse(request)!.AsObject());
        Assert.Equal(expected, string.Join('|', answer["history"]!.AsArray().Select(entry => (string?)entry![2])));
    }

    [Fact]
    public void With_output_there_is_room_for_it() =>
        Assert.Equal("""[[1,4,["a",null]]]""", _history.Answer(new JsonObject { ["n"] = 1, ["output"] = true })["history"]!.ToJsonString());
}
