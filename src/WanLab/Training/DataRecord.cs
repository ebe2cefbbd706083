using WanLab.Content;
using WanLab.Encodings;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>
/// The content that a run is trained on: the experts, and the pixels and caption of every item. The order of the data is a function
/// of the step and of the items, so a run can only be resumed on the same items; the location of their files does not matter.
/// </summary>
/// <param name="Model">Identities of the two experts.</param>
/// <param name="Items">Hashes of the items' content, by dataset and name.</param>
internal sealed record DataRecord(IReadOnlyList<string> Model, IReadOnlyDictionary<string, string> Items)
{
    /// <summary>Makes the record from encoded datasets.</summary>
    /// <param name="model">The model.</param>
    /// <param name="datasets">The items of each dataset.</param>
    /// <param name="contents">The hashes that stand for an item; null takes its <see cref="EncodedClip.Contents"/>.</param>
    public static DataRecord Of(BaseModel model, IReadOnlyList<IReadOnlyList<EncodedClip>> datasets,
        Func<EncodedClip, IReadOnlyList<string>>? contents = null)
    {
        var items = new Dictionary<string, string>();
        for (var d = 0; d < datasets.Count; d++)
        {
            foreach (var clip in datasets[d])
            {
                var key = new CacheKey("item").With("caption", clip.Clip.Caption);
                foreach (var content in contents?.Invoke(clip) ?? clip.Contents) key = key.With("window", content);
                items[$"datasets.{d}/{clip.Clip.Name}"] = key.Hash;
            }
        }
        return new DataRecord([model.Identity(ModelPart.High), model.Identity(ModelPart.Low)], items);
    }

    /// <summary>Writes the record to a file.</summary>
    public void Write(string file) => AtomicFile.WriteText(file, JsonSerializer.Serialize(this));

    /// <summary>Reads a record from a file; null if there is none. One that cannot be read counts as missing and is set aside.</summary>
    /// <param name="file">The file.</param>
    /// <param name="onDamaged">Receives a sentence about a file that cannot be read.</param>
    /// <exception cref="WanLabException">This user may not read the file.</exception>
    public static DataRecord? Read(string file, Action<string> onDamaged)
    {
        if (!Path.Exists(file)) return null;
        try
        {
            if (!Directory.Exists(file)
                && RunJson.Try(() => JsonSerializer.Deserialize<DataRecord>(File.ReadAllText(file))) is
                { Model: not null, Items: not null } record
                && !record.Model.Contains(null!) && !record.Items.Values.Contains(null!))
                return record;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Give yourself the right to read it, or move it away.", e);
        }
        onDamaged($"{file} is damaged, so it cannot be checked whether the clips are still the same; it was set aside as " +
            $"{DamagedFile.SetAside(file)}.");
        return null;
    }

    /// <summary>Whether data and model are the same.</summary>
    public bool IsSame(DataRecord other) => Model.SequenceEqual(other.Model) && Items.Count == other.Items.Count
        && Items.All(item => other.Items.TryGetValue(item.Key, out var hash) && hash == item.Value);

    /// <summary>Refuses to continue with other data or another model.</summary>
    /// <exception cref="WanLabException">Data or model differ; the message lists the differences.</exception>
    public void RequireSame(DataRecord now)
    {
        if (!Model.SequenceEqual(now.Model))
            throw new WanLabException("model: the experts' weights are not those that this run was started on, and its adapters fit " +
                "only those. Name the model it was started on, or start over (fresh).");
        string[] added = [.. now.Items.Keys.Except(Items.Keys)];
        string[] gone = [.. Items.Keys.Except(now.Items.Keys)];
        string[] changed = [.. Items.Keys.Where(name => now.Items.TryGetValue(name, out var hash) && hash != Items[name])];
        if (added.Length + gone.Length + changed.Length == 0) return;
        var lines = Lines("is new", added) + Lines("is gone", gone) + Lines("has other pixels, frames or caption", changed);
        throw new WanLabException("datasets: the clips are not those that this run was started on, so their order would " +
            $"change. Put them back, or start over (fresh).{lines}");
    }

    private static string Lines(string what, string[] names) => Listing.Lines([.. names.Select(name => $"{name} {what}")], most: 5);
}
