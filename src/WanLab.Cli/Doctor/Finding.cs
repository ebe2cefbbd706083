namespace WanLab.Cli.Doctor;

/// <summary>The result of looking for one thing that WanLab needs.</summary>
/// <param name="Name">Name of the thing.</param>
/// <param name="Ok">Whether it is there.</param>
/// <param name="Detail">Its version and place; where it is missing, what was looked for.</param>
/// <param name="Remedy">How to get it, where it is missing.</param>
internal sealed record Finding(string Name, bool Ok, string Detail, string Remedy = "");

/// <summary>Looks for one thing that WanLab needs.</summary>
internal delegate Task<Finding> Probe(CancellationToken cancellation);
