using WanLab.Jupyter.Client;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Tests.Jupyter;

namespace WanLab.Jupyter.Tests.Client;

public class KernelBenchTests
{
    [Fact]
    public void Every_figure_is_measured()
    {
        var result = KernelBench.Run(KernelCommand.Of(DebianJupyter.Program), rounds: 2, TimeProvider.System);
        Assert.True(result.FirstResultSeconds > 0);
        Assert.InRange(result.CellMilliseconds, 0.001, result.CellWorstMilliseconds);
        Assert.InRange(result.CompletionMilliseconds, 0.001, result.CompletionWorstMilliseconds);
    }
}
