using WanLab.Models;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Tests.Review;

public sealed class LearningVerdictTests
{
    [Fact]
    public void Before_anything_was_measured_nothing_is_said()
    {
        Assert.Empty(LearningVerdict.Of([]));
        Assert.Empty(LearningVerdict.Of([At(0, 0)]));
    }

    [Theory]
    [InlineData("held-out loss 20% below the base model's at step 30, still falling", -0.02, -0.06, -0.1)]
    [InlineData("held-out loss 20% below the base model's at step 30, about the same since step 20", -0.02, -0.1, -0.1)]
    [InlineData("held-out loss 10% below the base model's at step 30; it was lowest at step 20 and has risen since",
        -0.02, -0.1, -0.05)]
    [InlineData("held-out loss 10% above the base model's at step 30; it was lowest at step 10 and has risen since",
        -0.02, 0.01, 0.05)]
    [InlineData("held-out loss 10% below the base model's at step 10", -0.05)]
    public void The_course_is_said_in_words(string words, params double[] differences) =>
        Assert.Equal([(Expert.High, words)],
            LearningVerdict.Of([.. differences.Select((difference, k) => At(10 * (k + 1), difference))]));

    [Fact]
    public void What_another_choice_of_clips_could_turn_round_may_be_chance()
    {
        var unsure = At(10, -0.01) with { Lower = -0.03, Upper = 0.01 };
        Assert.Equal([(Expert.High, "held-out loss 2% below the base model's at step 10, which may be chance")],
            LearningVerdict.Of([unsure]));
        var single = unsure with { Lower = null, Upper = null };
        Assert.EndsWith("which may be chance (one clip)", LearningVerdict.Of([single])[0].Words);
    }

    [Fact]
    public void A_rise_in_between_is_not_the_same()
    {
        var words = LearningVerdict.Of([At(10, -0.1), At(20, 0.05), At(30, -0.101)])[0].Words;
        Assert.DoesNotContain("since step 10", words);
    }

    [Fact]
    public void A_loss_that_is_no_number_is_said_and_an_earlier_one_is_not_the_lowest()
    {
        Assert.Contains("is no number", LearningVerdict.Of([At(10, double.NaN)])[0].Words);
        Assert.EndsWith("about the same since step 20", LearningVerdict.Of([At(10, double.NaN), At(20, -0.1), At(30, -0.1)])[0].Words);
    }

    [Fact]
    public void Each_expert_has_its_own() =>
        Assert.Equal(2, LearningVerdict.Of([At(10, -0.1), At(10, -0.1) with { Expert = Expert.Low }]).Count);

    private static ValidationRecord At(int step, double difference) => new()
    {
        Step = step,
        Expert = Expert.High,
        Clips = 4,
        Loss = 0.5 + difference,
        BaseLoss = 0.5,
        Difference = difference,
        Lower = difference - 0.001,
        Upper = difference + 0.001,
        Sigmas = [],
        Seconds = 1,
    };
}
