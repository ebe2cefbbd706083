using System.Security.Cryptography;

namespace WanLab.Runs;

/// <summary>
/// The states from which a run can continue: the two newest. A file's name holds its step and the hash of its bytes, so that one
/// rename publishes both, and a state that was cut off or damaged is recognised.
/// </summary>
public sealed class SavedStates(string folder)
{
    private const int Kept = 2;
    private const string Ending = ".safetensors";

    /// <summary>Whether there is any state, complete or not.</summary>
    public bool Any => Files().Count > 0;

    /// <summary>The step of the newest state, complete or not; null where there is none.</summary>
    public int? NewestStep => Files() is [.., var newest] ? StepOf(newest) : null;

    /// <summary>Saves a state with <paramref name="write"/>, which receives the path, then deletes states that are too old.</summary>
    /// <exception cref="WanLabException">The folder cannot be written.</exception>
    public void Save(int step, Action<string> write)
    {
        var unnamed = Path.Combine(folder, "unnamed" + Ending);
        write(unnamed);
        var file = Path.Combine(folder, $"{step:D9}.{Hash(unnamed)}{Ending}");
        File.Move(unnamed, file, overwrite: true);
        // A run that continued from an older state leaves later ones behind, which are of no use to it.
        foreach (var other in Files().Where(f => StepOf(f) >= step && f != file)) File.Delete(other);
        foreach (var old in Files().SkipLast(Kept)) File.Delete(old);
    }

    /// <summary>The newest undamaged state; null if none was ever saved.</summary>
    /// <param name="onDamaged">Receives a message for each damaged state, which is deleted.</param>
    /// <exception cref="WanLabException">All states are damaged.</exception>
    public string? Newest(Action<string> onDamaged)
    {
        var files = Files();
        foreach (var file in files.Reverse())
        {
            if (Hash(file) == Path.GetFileName(file).Split('.')[1]) return file;
            onDamaged($"The saved state of step {StepOf(file)} is damaged ({file}); the run continues from the one before.");
            File.Delete(file);
        }
        return files.Count == 0 ? null : throw new WanLabException(
            $"{folder}: all saved states are damaged, so the run cannot resume. Start over with --fresh; its checkpoints remain usable.");
    }

    // Oldest first.
    private IReadOnlyList<string> Files() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "?????????.*" + Ending)
            .Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)] : [];

    private static int StepOf(string file) => int.Parse(Path.GetFileName(file).AsSpan(0, 9));

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
