using WanLab.Jobs;
using WanLab.Jobs.Import;
using WanLab.Testing;

namespace WanLab.Tests.Jobs.Import;

/// <summary>Changed foreign jobs are imported as jobs without errors, or refused with the file's name.</summary>
public sealed class ImportFuzzTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("motion_24gb.yaml")]
    [InlineData("character.json")]
    public void A_changed_job_is_imported_or_refused(string sample)
    {
        var source = File.ReadAllBytes(Path.Combine(Repository.Root, "tests/WanLab.Tests/Jobs/Import", sample));
        var (good, file) = (0, _folder.At(sample));
        foreach (var bytes in Mutations.Of(source, 5, 1_500, share: 0.5))
        {
            File.WriteAllBytes(file, bytes);
            try
            {
                var imported = AiToolkitImport.Read(file, _folder.At("model"));
                good++;
                var errors = JobReader.Parse(imported.Yaml, file).Errors;
                // Files and folders may still come.
                Assert.All(errors, problem => Assert.Matches("does not exist|is needed here|is a pickled file", problem.Message));
            }
            catch (WanLabException e)
            {
                Assert.StartsWith(file, e.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(good, 1, int.MaxValue);
    }
}
