using System.IO.Compression;
using System.Text;
using WanLab.Adapters;
using WanLab.Models;
using WanLab.Torch;
using WanLab.Torch.Interop;
using WanLab.Torch.Safetensors;

namespace WanLab.Cli.Tests.Verbs;

public sealed class ConvertVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pth_file_becomes_the_safetensors_file_that_the_official_folder_looks_for()
    {
        var path = Pth("ccollections\nOrderedDict\n)R(X\x6\0\0\0conv.w" + Matrix + "u.");
        var run = await CliRun.OfAsync(["convert", path]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("(1 tensors, 0.0 GB)", run.Out);
        Assert.Equal([2, 2], SafetensorsFile.Open(_folder["Wan2.1_VAE.safetensors"]).Entries["conv.w"].Shape);

        var again = await CliRun.OfAsync(["convert", path]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("already exists and is not overwritten", again.Error);
    }

    [Fact]
    public async Task A_file_that_would_run_code_is_refused_and_nothing_is_written()
    {
        var mark = _folder["ran"];
        var run = await CliRun.OfAsync(["convert", Pth($"cos\nsystem\nX{(char)(6 + mark.Length)}\0\0\0touch {mark}\x85R.")]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'os.system'", run.Error.ReplaceLineEndings(""));
        Assert.Equal(["Wan2.1_VAE.pth"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("diffusers", "transformer.blocks.0.attn1.to_q.lora_A.weight")]
    [InlineData("musubi", "lora_unet_blocks_0_self_attn_q.lora_down.weight")]
    public async Task A_LoRA_is_renamed_for_another_tool_and_reads_back_the_same(string tool, string key)
    {
        var (path, config) = (_folder["x_high_noise.safetensors"], BaseModel.Tiny().Config);
        using (var adapter = LoraAdapter.Create(config, new TargetOptions { Rank = 2 }, seed: 5))
        using (GradMode.Off())
        using (new TensorScope())
        {
            using var generator = new Generator(3);
            adapter.Parameters.CopyInto(Tensor.Randn([.. adapter.Parameters.Shape], generator));
            LoraFile.Write(path, adapter, DType.Float32, new Dictionary<string, string> { ["base_model"] = "wan-tiny", ["step"] = "7" });
        }
        var run = await CliRun.OfAsync(["convert", path, "--names", tool]);

        Assert.True(run.ExitCode == 0, run.Error);
        var written = _folder[$"x_high_noise_{tool}.safetensors"];
        Assert.Equal($"Written: {written}, with the key names of {tool}.", run.Out.Trim());
        var file = SafetensorsFile.Open(written);
        Assert.Contains(key, file.Entries.Keys);
        Assert.Equal("7", file.Metadata["step"]);
        using (var before = LoraFile.Read(path, config))
        using (var after = LoraFile.Read(written, config))
        using (new TensorScope())
            foreach (var (a, b) in before.Modules.Zip(after.Modules))
            {
                Assert.Equal(a.Name, b.Name);
                Assert.True(a.Up.MatMul(a.Down).EqualTo(b.Up.MatMul(b.Down)), a.Name);
            }
        Assert.Equal(1, (await CliRun.OfAsync(["convert", path, "--names", tool])).ExitCode); // exists by now
        Assert.Equal(2, (await CliRun.OfAsync(["convert", path, "--names", "kohya"])).ExitCode);
    }

    [Fact]
    public async Task Another_ending_and_a_missing_folder_are_refused()
    {
        var path = Pth("}.");
        var other = await CliRun.OfAsync(["convert", path, "--out", _folder["x.pt"]]);
        Assert.Contains("give such a name", other.Error.ReplaceLineEndings(" "));
        var run = await CliRun.OfAsync(["convert", _folder["none.pth"]]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no such file", run.Error);
    }

    // [2, 2] of float32, as torch.save writes it.
    private static string Matrix => "ctorch._utils\n_rebuild_tensor_v2\n((X\x7\0\0\0storage" +
        "ctorch\nFloatStorage\nX\x1\0\0\0" + "0X\x3\0\0\0cpuK\x4tQK\0" +
        "K\x2K\x2\x86K\x2K\x1\x86\x89" + "ccollections\nOrderedDict\n)RtR";

    private string Pth(string pickle)
    {
        using (var zip = ZipFile.Open(_folder["Wan2.1_VAE.pth"], ZipArchiveMode.Create))
        {
            Add("archive/data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]);
            Add("archive/data/0", new byte[16]);

            void Add(string name, byte[] bytes)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }
        return _folder["Wan2.1_VAE.pth"];
    }
}
