using System.CommandLine;

namespace WanLab.Cli;

/// <summary>Verbs that belong together, under one title of the root help.</summary>
/// <param name="Title">The title, which says what a user wants to do.</param>
/// <param name="Verbs">The verbs, in the order they are shown.</param>
internal sealed record VerbGroup(string Title, IReadOnlyList<Command> Verbs);
