using WanLab.Diffusion;
using WanLab.Diffusion.Solvers;

namespace WanLab.Tests.Diffusion;

public sealed class SchedulesTests
{
    [Fact]
    public void Unipc_at_40_steps_has_the_official_timesteps()
    {
        var schedule = Schedules.UniPc(40, 5);
        Assert.Equal(
            [999, 994, 989, 983, 978, 972, 965, 959, 952, 944, 937, 929, 920, 911, 902, 892, 882, 870, 859, 846, 833, 818, 803, 786, 768,
                749, 728, 706, 681, 654, 624, 591, 555, 514, 468, 416, 356, 288, 208, 113],
            schedule.Timesteps);
        Assert.Equal(0.99979985f, schedule.Sigmas[0]);
        Assert.Equal(0.99469477f, schedule.Sigmas[1]);
        Assert.Equal(0.11353305f, schedule.Sigmas[39]);
        Assert.Equal(0, schedule.Sigmas[40]);
    }

    [Theory]
    [InlineData(40, 5, 15)]
    [InlineData(40, 3, 10)]
    [InlineData(20, 5, 8)]
    public void Unipc_spends_the_official_number_of_steps_at_high_noise(int steps, double shift, int high) =>
        Assert.Equal(high, Schedules.UniPc(steps, shift).Timesteps.Count(t => t >= 900));

    [Fact]
    public void Four_steps_of_unipc_have_the_official_timesteps() => Assert.Equal([999, 937, 833, 624], Schedules.UniPc(4, 5).Timesteps);

    [Fact]
    public void Dpm_and_euler_start_at_1()
    {
        foreach (var schedule in (ReadOnlySpan<Schedule>)[Solver.DpmPlusPlus.Schedule(40, 5), Solver.Euler.Schedule(40, 5)])
        {
            Assert.Equal(1000, schedule.Timesteps[0]);
            Assert.Equal(1, schedule.Sigmas[0]);
            Assert.Equal(0.11363637f, schedule.Sigmas[39]);
            Assert.Equal(40, schedule.Steps);
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(10, 0)]
    [InlineData(10, double.NaN)]
    public void Impossible_settings_are_refused(int steps, double shift) =>
        Assert.Throws<WanLabException>(() => Schedules.UniPc(steps, shift));
}
