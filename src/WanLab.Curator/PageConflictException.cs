namespace WanLab.Curator;

/// <summary>The page wanted to change something that was changed elsewhere meanwhile.</summary>
internal sealed class PageConflictException(string message) : Exception(message);
