using System.Security.Cryptography;

namespace WanLab.Runs;

/// <summary>
/// The states from which a run can continue: the two newest, and those of pinned checkpoints.
/// A file's name holds its step and the hash of its bytes, so that one rename publishes both, and a state that was cut off or damaged
/// is recognised. Files with other names are left alone.
/// </summary>
/// <param name="folder">The folder of the states.</param>
/// <param name="pinned">Steps whose states are never too old.</param>
internal sealed partial class SavedStates(string folder, IReadOnlyCollection<int> pinned)
{
    private const int Kept = 2;
    private const int HashDigits = 16;
    private const string Ending = ".safetensors";

    /// <summary>Whether there is any state, complete or not, or one that was set aside because it was damaged.</summary>
    public bool Any => Files().Count > 0 || (Directory.Exists(folder)
        && Directory.GetFileSystemEntries(folder)
            .Any(file => Path.GetFileName(file).Contains(DamagedFile.Ending, StringComparison.Ordinal)));

    /// <summary>The step of the newest state, complete or not; null where there is none.</summary>
    public int? NewestStep => Files() is [.., var newest] ? StepOf(newest) : null;

    /// <summary>Steps of the states, complete or not, oldest first.</summary>
    public IReadOnlyList<int> Steps => [.. Files().Select(StepOf)];

    /// <summary>The state of a step; null if there is none, or only a damaged one.</summary>
    /// <exception cref="WanLabException">It cannot be read at all.</exception>
    public string? At(int step) => Files().LastOrDefault(file => StepOf(file) == step && IsWhole(file));

    /// <summary>Saves a state with <paramref name="write"/>, which receives the path, then deletes states that are too old.</summary>
    /// <exception cref="WanLabException">The folder cannot be written.</exception>
    public void Save(int step, Action<string> write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            UnfinishedFile.Use(folder, unfinished =>
            {
                write(unfinished);
                var file = Path.Combine(folder, $"{step:D9}.{Hash(unfinished)[..HashDigits]}{Ending}");
                UnfinishedFile.Publish(unfinished, file);
                // A run that continued from an older state leaves later ones behind, which are of no use to it.
                foreach (var other in Files().Where(f => StepOf(f) >= step && f != file)) File.Delete(other);
                foreach (var old in Files().SkipLast(Kept).Where(f => !pinned.Contains(StepOf(f)))) File.Delete(old);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{folder}: the state cannot be saved: {e.Message} Free some space or repair the folder.", e);
        }
    }

    /// <summary>The newest undamaged state; null if there is none.</summary>
    /// <param name="onDamaged">Receives a message for each damaged state, which is renamed, never deleted.</param>
    /// <param name="isState">Whether the content of a whole file is a state; null trusts its name.</param>
    /// <exception cref="WanLabException">A state cannot be read at all, or not be renamed.</exception>
    public string? Newest(Action<string> onDamaged, Predicate<string>? isState = null)
    {
        foreach (var file in Files().Reverse())
        {
            if (IsWhole(file) && isState?.Invoke(file) != false) return file;
            onDamaged($"The saved state of step {StepOf(file)} is damaged; it was set aside as {DamagedFile.SetAside(file)}.");
        }
        return null;
    }

    private static bool IsWhole(string file)
    {
        try
        {
            return !Directory.Exists(file) && Hash(file).StartsWith(Path.GetFileName(file).Split('.')[1], StringComparison.Ordinal);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Give yourself the right to read it.", e);
        }
        catch (IOException)
        {
            return false; // what the disk cannot give back is damaged
        }
    }

    // Oldest first. A folder in the place of a state is a damaged one.
    private IReadOnlyList<string> Files() => !Directory.Exists(folder) ? [] :
        [.. Directory.GetFileSystemEntries(folder).Where(file => Name().IsMatch(Path.GetFileName(file))).Order(StringComparer.Ordinal)];

    private static int StepOf(string file) => int.Parse(Path.GetFileName(file).AsSpan(0, 9), CultureInfo.InvariantCulture);

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // Version 0.1.0 wrote the whole hash.
    [GeneratedRegex(@"\A[0-9]{9}\.([0-9a-f]{16}|[0-9a-f]{64})\.safetensors\z")]
    private static partial Regex Name();
}
