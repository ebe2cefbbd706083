using WanLab.Cli.Doctor;

namespace WanLab.Cli.Tests.Doctor;

public class SystemMemoryTests
{
    private const string Meminfo = "MemTotal:        1024 kB\nMemFree:          100 kB\n";

    [Theory]
    [InlineData("max\n", 1024 * 1024)]
    [InlineData("524288\n", 524288)]
    [InlineData("9000000000\n", 1024 * 1024)]
    public void The_smaller_of_machine_and_container_counts(string limit, long expected) =>
        Assert.Equal(expected, SystemMemory.Total(Meminfo, limit));
}
