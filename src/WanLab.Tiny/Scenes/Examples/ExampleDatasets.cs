namespace WanLab.Tiny.Scenes.Examples;

/// <summary>
/// The example data sets that come with WanLab: a motion, a style and a character, none of which the base model has seen.
/// </summary>
internal static class ExampleDatasets
{
    /// <summary>All example data sets.</summary>
    public static IReadOnlyList<ExampleDataset> All { get; } = [OrbitExample.Dataset, NeonExample.Dataset, FrungExample.Dataset];

    /// <summary>Finds the data set with a name.</summary>
    /// <exception cref="WanLabException">There is no data set with that name.</exception>
    public static ExampleDataset Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new WanLabException(
            $"There is no example data set '{name}'; write one of {string.Join(", ", All.Select(set => set.Name))}.");
}
