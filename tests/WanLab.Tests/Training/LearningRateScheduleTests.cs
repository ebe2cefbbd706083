using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(LearningRateScheduler.Constant, 0, 1, 1, 1)]
    [InlineData(LearningRateScheduler.Linear, 0, 1, 0.5, 0.01)]
    [InlineData(LearningRateScheduler.Cosine, 0, 1, 0.5, 0.00025)]
    [InlineData(LearningRateScheduler.Constant, 20, 0.05, 1, 1)]
    [InlineData(LearningRateScheduler.Linear, 20, 0.05, 0.625, 0.0125)]
    public void Warm_up_then_the_curve(LearningRateScheduler scheduler, int warmup, double first, double middle, double last)
    {
        var options = new TrainingOptions { Steps = 100, LrScheduler = scheduler, WarmupSteps = warmup };
        Assert.Equal(first, LearningRateSchedule.At(0, options), 5);
        Assert.Equal(middle, LearningRateSchedule.At(50, options), 5);
        Assert.Equal(last, LearningRateSchedule.At(99, options), 5);
    }
}
