namespace WanLab.Models.Weights;

/// <summary>Compares the tensors that a model needs with those that are there.</summary>
internal static class WeightCheck
{
    private const int Listed = 10;

    /// <summary>Throws unless a model has exactly the expected tensors.</summary>
    /// <exception cref="WanLabException">The tensors differ; all differences are listed.</exception>
    public static void Require(string what, IReadOnlyList<WeightShape> expected, ModelWeights weights)
    {
        var problems = Problems(expected, weights.Tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Shape))
            .Concat(weights.Packed.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Shape))).ToDictionary(), []);
        if (problems.Length > 0) throw new WanLabException($"{what} do not fit its configuration:{problems}");
    }

    /// <summary>One line for each kind of difference, each after a line break; empty where there is none.</summary>
    /// <param name="expected">Tensors that the model needs.</param>
    /// <param name="found">Shapes by official name.</param>
    /// <param name="unknown">Names in the file that are not tensors of the model.</param>
    public static string Problems(IReadOnlyList<WeightShape> expected, IReadOnlyDictionary<string, IReadOnlyList<long>> found,
        IReadOnlyCollection<string> unknown)
    {
        var needed = expected.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        return Line("missing", expected.Where(e => !found.ContainsKey(e.Name)).Select(e => e.Name))
            + Line("not part of the model", unknown.Concat(found.Keys.Where(name => !needed.Contains(name))))
            + Line("of another shape", expected
                .Where(e => found.TryGetValue(e.Name, out var shape) && !shape.SequenceEqual(e.Shape))
                .Select(e => $"{e.Name} is [{string.Join(", ", found[e.Name])}] instead of [{string.Join(", ", e.Shape)}]"));
    }

    /// <summary>A line such as "2 missing: a, b"; nothing where there are no items.</summary>
    public static string Line(string what, IEnumerable<string> items) =>
        Listing.Line(what, [.. items.Order(StringComparer.Ordinal)], Listed);
}
