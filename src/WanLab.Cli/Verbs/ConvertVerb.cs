using System.CommandLine;
using Spectre.Console;
using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Tiny;
using WanLab.Models.Transformer;
using WanLab.Torch;
using WanLab.Torch.Pickles;
using WanLab.Torch.Safetensors;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab convert</c>: writes the tensors of a PyTorch file as safetensors, without running anything of it.</summary>
internal static class ConvertVerb
{
    public static Command Create(CliContext context)
    {
        var source = new Argument<string>("FILE") { Description = "A .pth, .pt, .ckpt or .bin file of weights, or a LoRA with --names." };
        var file = new Option<string?>("--out") { Description = "The file to write. [default: FILE with the ending .safetensors]" };
        var names = new Option<string?>("--names")
        {
            Description = "For a LoRA: write it under the key names of another tool, diffusers or musubi.",
        };
        names.AcceptOnlyFromAmong("diffusers", "musubi");
        var command = new Command("convert", "Write a .pth file's weights as .safetensors, running nothing of it; or rename a LoRA's keys.")
        {
            source,
            file,
            names,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (path, to) = (parsed.GetRequiredValue(source), parsed.GetValue(file));
            if (parsed.GetValue(names) is { } naming) Rename(path, to, naming, context);
            else Run(path, to, context, cancellation);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Run(string path, string? file, CliContext context, CancellationToken cancellation)
    {
        file ??= Path.ChangeExtension(path, ".safetensors");
        if (!file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
            throw new WanLabException($"--out {file}: weights are written as .safetensors; give such a name.");
        using var source = PickledFile.Open(path);
        NewFile.Refuse(file);
        RequireRoom(file, source.Bytes);
        context.Error.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(progress =>
        {
            var bar = progress.AddTask("tensors", maxValue: Math.Max(1, source.Bytes));
            source.WriteSafetensors(file, done => bar.Value = done, cancellation);
        });
        context.Out.WriteRaw($"Written: {file} ({source.Tensors.Count} tensors, {source.Bytes / 1e9:0.0} GB). {path} is no longer needed.");
    }

    private static void Rename(string path, string? file, string naming, CliContext context)
    {
        file ??= $"{Path.ChangeExtension(path, null)}_{naming}.safetensors";
        NewFile.Refuse(file);
        var metadata = SafetensorsFile.Open(path).Metadata;
        var isTiny = metadata.GetValueOrDefault("base_model") == TinyModel.Name;
        var config = isTiny ? BaseModel.Tiny().Config : new WanTransformerConfig();
        using var lora = LoraFile.Read(path, config);
        if (LoraFiles.ImageLayers(path) is > 0 and var layers)
            context.Error.WriteNote($"left out: {Numbers.Of(layers, "layer")} for the image, which only Wan 2.1 I2V has");
        using var adapter = LoraAdapter.From(lora.Modules);
        var dtype = lora.Info.DTypes.FirstOrDefault(type => type is DType.BFloat16 or DType.Float16 or DType.Float32, DType.BFloat16);
        if (naming == "diffusers") LoraFile.WriteDiffusers(file, adapter, dtype, metadata);
        else LoraFile.WriteMusubi(file, adapter, dtype, metadata);
        context.Out.WriteRaw($"Written: {file}, with the key names of {naming}.");
    }

    private static void RequireRoom(string file, long bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!Directory.Exists(folder)) throw new WanLabException($"--out {file}: the folder {folder} does not exist; create it.");
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes)
            throw new WanLabException($"{file}: needs {bytes / 1e9:0.0} GB, but only {free / 1e9:0.0} GB are free there. " +
                "Free some space, or write to another disk with --out.");
    }
}
