using WanLab.Models;
using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>Finds and opens the adapters that sampling uses, from a LoRA's path.</summary>
internal static class LoraFiles
{
    /// <summary>
    /// The files for both experts, with full paths: the given file and the one next to it, or one file that holds both.
    /// </summary>
    /// <param name="path">Path of either file.</param>
    /// <exception cref="WanLabException">The file is missing, or nothing says which expert it is for.</exception>
    public static LoraPair Find(string path)
    {
        path = Path.GetFullPath(path);
        if (!File.Exists(path)) throw new WanLabException($"The LoRA '{path}' does not exist; correct its path.");
        if (SafetensorsFile.Open(path).Entries.Keys.Any(key => LoraKey.Parse(key).Expert is not null)) return new LoraPair(path, path);
        return LoraPair.Find(path) ?? throw new WanLabException(
            $"{path}: neither its name nor its contents say which expert it is for. Put high_noise or low_noise into the name, " +
                "or give the two files one by one.");
    }

    /// <summary>Opens an expert's adapter; null where the pair has none for it.</summary>
    /// <exception cref="WanLabException">The file does not fit the model.</exception>
    public static LoraAdapter? Open(LoraPair? pair, Expert expert, BaseModel model)
    {
        if (pair?[expert] is not { } path) return null;
        using var contents = LoraFile.Read(path, model.Config, expert);
        return LoraAdapter.From(contents.Modules, model.Device);
    }

    /// <summary>Reads the files of the pair once, to check that they fit the model.</summary>
    /// <exception cref="WanLabException">A file is missing or does not fit the model.</exception>
    public static void Check(LoraPair? pair, BaseModel model)
    {
        foreach (var expert in Experts.All)
            if (pair?[expert] is { } path) LoraFile.Read(path, model.Config, expert).Dispose();
    }
}
