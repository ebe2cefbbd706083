using WanLab.Jobs;
using WanLab.Jobs.Import;

namespace WanLab.Tests.Jobs;

public sealed class ForeignFormsTests : IDisposable
{
    private const string Musubi =
        "[general]\nresolution = [960, 544]\n\n[[datasets]]\nvideo_directory = \"/clips\"\ntarget_frames = [1, 25]\n";
    private const string Pipe =
        "output_dir = '/runs'\nepochs = 100\nmicro_batch_size_per_gpu = 1\n\n[model]\ntype = 'wan'\n\n[adapter]\nrank = 32\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Musubi, "dataset.toml", "a dataset of musubi-tuner")]
    [InlineData(Musubi, "dataset.yaml", "a dataset of musubi-tuner")]
    [InlineData(Pipe, "wan.toml", "a job or dataset of diffusion-pipe")]
    [InlineData("[a]\nb = 1\n", "x.toml", "is a TOML file, which is not supported")]
    public void Settings_in_TOML_are_called_by_their_name_with_the_keys_to_carry_over(string text, string name, string what)
    {
        var path = _folder.Write(name, text);
        Assert.Contains(what, Assert.Single(JobReader.Read(path).Errors).Message);
        Assert.Contains(what, Assert.Throws<WanLabException>(() => AiToolkitImport.Read(path)).Message);
    }

    [Theory]
    [InlineData("job:\n  name: a\n")]
    [InlineData("a: [1,\n[2]\n]\nb: x = 1\n")]
    public void Other_text_is_none(string text) => Assert.Null(ForeignForms.Describe(text, "job.yaml"));
}
