using System.Text.RegularExpressions;
using WanLab.Jupyter.Wire;

namespace WanLab.Jupyter.Tests.Jupyter;

/// <summary>Jupyter's own suite (Debian: python3-jupyter-kernel-test) against the kernel, as a process that Jupyter starts.</summary>
public partial class JupyterKernelTestTests
{
    [Fact]
    public async Task The_whole_suite_passes()
    {
        using var jupyter = new DebianJupyter();
        var (code, output) = await jupyter.RunAsync(DebianJupyter.Python,
            Path.Combine(AppContext.BaseDirectory, "Jupyter", "kernel_suite.py"));
        Assert.True(code == 0, output);
        Assert.True(int.Parse(Ran().Match(output).Groups[1].Value) >= 12, output);
        Assert.DoesNotContain("skipped", output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^Ran (\d+) tests", RegexOptions.Multiline)]
    private static partial Regex Ran();
}
