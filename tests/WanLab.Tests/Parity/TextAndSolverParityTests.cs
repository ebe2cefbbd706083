using WanLab.Parity;
using WanLab.Testing;

namespace WanLab.Tests.Parity;

public sealed class TextAndSolverParityTests : TensorTest
{
    [Fact]
    public void The_runner_knows_both_kinds_and_frees_what_they_make()
    {
        using var folder = new TempFolder();
        foreach (var name in (ReadOnlySpan<string>)["umt5-tiny", "solvers"])
            foreach (var ending in (ReadOnlySpan<string>)[".json", ".safetensors"])
                File.Copy(Path.Combine(Repository.Root, "tests/goldens", name + ending), folder[name + ending]);

        var results = ParityRunner.Run(folder.Path).ToList();

        Assert.Equal(["solvers", "umt5-tiny"], results.Select(result => result.Case).Distinct());
        Assert.All(results, result => Assert.InRange(result.Error, 0, 1e-5));
    }
}
