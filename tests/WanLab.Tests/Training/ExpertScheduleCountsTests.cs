using WanLab.Models;
using WanLab.Training;

namespace WanLab.Tests.Training;

public class ExpertScheduleCountsTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(10, 0.5)]
    [InlineData(3, 0.25)]
    [InlineData(2, 0.36)]
    [InlineData(7, 0.9)]
    [InlineData(1, 0.999)]
    [InlineData(4, 0.001)]
    [InlineData(5, 2.0 / 3)]
    public void Counts_are_those_of_the_steps_one_by_one(int switchEvery, double share)
    {
        var schedule = new ExpertSchedule { Trained = [Expert.High, Expert.Low], SwitchEvery = switchEvery, HighShare = share };
        var (high, turns, firstLow) = (0L, 0L, (long?)null);
        for (var step = 0; step < 3000; step++)
        {
            if (step == 0 || schedule.At(step) != schedule.At(step - 1)) turns++;
            if (schedule.At(step) == Expert.High) high++;
            else firstLow ??= step;
            Assert.Equal(high, schedule.StepsOf(Expert.High, step + 1));
            Assert.Equal(step + 1 - high, schedule.StepsOf(Expert.Low, step + 1));
            Assert.Equal(turns, schedule.TurnsIn(step + 1));
            Assert.Equal(firstLow, schedule.FirstStepOf(Expert.Low, step + 1));
        }
    }

    [Fact]
    public void A_single_expert_has_all_steps()
    {
        var schedule = new ExpertSchedule { Trained = [Expert.Low] };
        Assert.Equal((100, 0, 1), (schedule.StepsOf(Expert.Low, 100), schedule.StepsOf(Expert.High, 100), schedule.TurnsIn(100)));
        Assert.Null(schedule.FirstStepOf(Expert.High, 100));
    }

    [Fact]
    public void The_largest_number_of_steps_is_counted_at_once()
    {
        var schedule = new ExpertSchedule { Trained = [Expert.High, Expert.Low], SwitchEvery = 1 };
        Assert.Equal((1L << 30, int.MaxValue), (schedule.StepsOf(Expert.High, int.MaxValue), schedule.TurnsIn(int.MaxValue)));
    }
}
