using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>Finds and opens the adapters that sampling uses, from a LoRA's path.</summary>
internal static class LoraFiles
{
    /// <summary>
    /// The files for both experts, with full paths: the given file and the one next to it, or one file that holds both. Where no name
    /// says which expert a file is for, its metadata does.
    /// </summary>
    /// <param name="path">Path of either file, or a folder that holds one as PEFT writes it (<c>adapter_model.safetensors</c>).</param>
    /// <exception cref="WanLabException">A file is missing, nothing says which expert it is for, or its name and its metadata contradict
    /// each other.</exception>
    public static LoraPair Find(string path)
    {
        path = Existing(path);
        var file = SafetensorsFile.Open(path);
        var named = LoraKey.ParseAll(file.Entries.Keys).Select(key => key.Expert).OfType<Expert>().ToHashSet();
        if (named.Count > 0) return new LoraPair(named.Contains(Expert.High) ? path : null, named.Contains(Expert.Low) ? path : null);
        if (LoraPair.Find(path) is { } pair)
        {
            foreach (var expert in Experts.All)
                if (pair[expert] is { } found && Contradiction(found, expert) is { } where)
                    throw new WanLabException($"{found}: its name says {expert.Name()}, its metadata says {where}. " +
                        "Correct the name, or give the two files one by one (--lora-high, --lora-low).");
            return pair;
        }
        return (LoraOrigin.Stated(file.Metadata)?.Expert ?? LoraOrigin.Suggested(file.Metadata)) switch
        {
            Expert.High => new LoraPair(path, null),
            Expert.Low => new LoraPair(null, path),
            _ => throw new WanLabException(
                $"{path}: neither its name nor its contents say which expert it is for. Put high_noise or low_noise into the name, " +
                    "or give the two files one by one (--lora-high, --lora-low)."),
        };
    }

    /// <summary>The pair of two given files; either may be missing, and one file may serve both experts.</summary>
    /// <exception cref="WanLabException">A file is missing.</exception>
    public static LoraPair Of(string? high, string? low) =>
        new(high is null ? null : Existing(high), low is null ? null : Existing(low));

    /// <summary>Remarks for the user on the files, before sampling with them; empty if all is as expected.</summary>
    /// <exception cref="WanLabException">A file cannot be read.</exception>
    public static IReadOnlyList<string> Notes(LoraPair? pair)
    {
        var notes = new List<string>();
        foreach (var expert in Experts.All)
        {
            if (pair?[expert] is not { } path) continue;
            var name = Path.GetFileName(path);
            if (Contradiction(path, expert) is { } where)
                notes.Add($"{name} is used for the {expert.Name()} expert, but its metadata says {where}");
            if (ImageLayers(path) is > 0 and var layers)
                notes.Add($"{name} is for Wan 2.1 I2V: what it has for the image, {Numbers.Of(layers, "layer")} that Wan 2.2 I2V A14B " +
                    "lacks, is left out, and the rest is used");
            if (LoraOrigin.TextToVideo(SafetensorsFile.Open(path).Metadata) is { } model)
                notes.Add($"{name} was made for text to video ({model}); with an image it may do less than it should");
        }
        return [.. notes.Distinct()];
    }

    /// <summary>Number of a file's layers that only Wan 2.1 I2V has.</summary>
    public static int ImageLayers(string path) =>
        LoraKey.ParseAll(SafetensorsFile.Open(path).Entries.Keys).Where(key => key.IsOfImageLayer)
            .Select(key => key.Module).Distinct().Count();

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

    private static string? Contradiction(string path, Expert expert) =>
        LoraOrigin.Stated(SafetensorsFile.Open(path).Metadata) is { } stated && stated.Expert != expert ? stated.Where : null;

    private static string Existing(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            var inside = Path.Combine(path, "adapter_model.safetensors");
            return File.Exists(inside) ? inside : throw new WanLabException($"The LoRA '{path}' is a folder; give a file in it.");
        }
        return File.Exists(path) ? path : throw new WanLabException($"The LoRA '{path}' does not exist; correct its path.");
    }
}
