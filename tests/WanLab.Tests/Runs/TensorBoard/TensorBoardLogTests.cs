using System.Text;
using Microsoft.Extensions.Time.Testing;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Runs.TensorBoard;
using WanLab.Testing;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Runs.TensorBoard;

public sealed class TensorBoardLogTests : IDisposable
{
    private static readonly FakeTimeProvider Clock = new(DateTimeOffset.UnixEpoch.AddMilliseconds(1_700_000_000_500));
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-board-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_reader_of_these_tests_knows_the_standard_s_checksum() =>
        Assert.Equal(0xE3069283u, EventFile.Crc32C(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void A_step_s_values_are_read_back_under_its_expert()
    {
        var log = new TensorBoardLog(_folder, Clock);
        log.Report(Step(1, Expert.High, 0.5));
        log.Report(Step(300, Expert.Low, 0.25));
        log.Report(new RunWarning("not a number"));
        log.Add(300, [("validation/low_noise", -0.125)]);

        var events = EventFile.Read(Assert.Single(TensorBoardLog.FilesIn(_folder)));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.All(events, e => Assert.Equal(1_700_000_000.5, e.WallTime));
        Assert.Equal((1L, true), (events[1].Step, events[1].IsStart));
        Assert.Equal([(1L, "loss/high_noise", 0.5f), (1L, "learning_rate/high_noise", 1e-4f), (1L, "gradient_norm/high_noise", 2f)],
            Flat(events[2]));
        Assert.Equal([(300L, "loss/low_noise", 0.25f), (300L, "learning_rate/low_noise", 1e-4f), (300L, "gradient_norm/low_noise", 2f)],
            Flat(events[3]));
        Assert.Equal([(300L, "validation/low_noise", -0.125f)], Flat(events[4]));
        Assert.Equal(5, events.Count);
    }

    [Theory]
    [InlineData(-0.3, -0.1)]
    [InlineData(null, null)] // one clip has no interval
    public void A_validation_s_values_are_read_back_under_its_expert(double? low, double? high)
    {
        var log = new TensorBoardLog(_folder, Clock);
        log.Report(Step(250, Expert.High, 0.5));
        log.Report(new ValidationDone(new ValidationRecord
        {
            Step = 250,
            Expert = Expert.Low,
            Clips = 3,
            Loss = 0.5,
            BaseLoss = 0.75,
            Difference = -0.25,
            Lower = low,
            Upper = high,
            Sigmas = [],
            Seconds = 1,
        }));

        (long, string, float)[] interval = low is null
            ? []
            : [(250, "validation_difference_lower/low_noise", -0.3f), (250, "validation_difference_upper/low_noise", -0.1f)];
        Assert.Equal(
            [(250L, "validation_loss/low_noise", 0.5f), (250L, "validation_difference/low_noise", -0.25f), .. interval],
            Flat(EventFile.Read(Assert.Single(TensorBoardLog.FilesIn(_folder))).Last()));
    }

    [Fact]
    public void Each_start_writes_a_file_of_its_own_and_takes_back_the_steps_it_makes_again()
    {
        new TensorBoardLog(_folder, Clock).Report(Step(5, Expert.High, 1));
        new TensorBoardLog(_folder, Clock).Report(Step(4, Expert.High, 2));

        var files = TensorBoardLog.FilesIn(_folder);
        Assert.Equal(["events.out.tfevents.000001.wanlab", "events.out.tfevents.000002.wanlab"], files.Select(Path.GetFileName));
        Assert.Equal(5, EventFile.Read(files[0]).Last().Step);
        Assert.Contains(EventFile.Read(files[1]), e => e is { IsStart: true, Step: 4 });
    }

    [Fact]
    public void Nothing_to_say_makes_no_file()
    {
        new TensorBoardLog(_folder, Clock).Report(new RunEnded(0, false));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_run_writes_what_its_metrics_say_when_the_job_asks_for_it()
    {
        using var mini = new MiniRun();
        mini.WriteClip(mini.At("held"), "h", 80);
        var job = mini.Job("board") with
        {
            Training = mini.Job("x").Training with { Steps = 3 },
            Logging = new LoggingOptions { TensorBoard = true },
            Validation = new() { Every = 3, Holdout = mini.At("held") },
        };
        var (_, events, folder) = mini.Train(job);

        var steps = events.OfType<StepDone>().Select(e => e.Record).ToList();
        var read = EventFile.Read(Assert.Single(TensorBoardLog.FilesIn(folder.Path))).SelectMany(Flat).ToList();
        Assert.Equal(
            steps.Select(r => ((long)r.Step, $"loss/{r.Expert.Name()}", (float)r.Loss)),
            read.Where(v => v.Tag.StartsWith("loss/", StringComparison.Ordinal)));
        var validations = events.OfType<ValidationDone>().Select(e => e.Record).ToList();
        Assert.Equal(
            validations.Select(r => ((long)r.Step, $"validation_difference/{r.Expert.Name()}", (float)r.Difference)),
            read.Where(v => v.Tag.StartsWith("validation_difference/", StringComparison.Ordinal)));
        Assert.Equal(2, validations.Count);
        Assert.Equal(3 * steps.Count + 2 * validations.Count, read.Count);

        folder.Clear();
        Assert.Empty(TensorBoardLog.FilesIn(folder.Path));

        var (_, _, silent) = mini.Train(job with { Name = "silent", Logging = new() });
        Assert.Empty(TensorBoardLog.FilesIn(silent.Path));
    }

    private static IEnumerable<(long Step, string Tag, float Value)> Flat(BoardEvent e) => e.Scalars.Select(s => (e.Step, s.Tag, s.Value));

    private static StepDone Step(int step, Expert expert, double loss) => new(
        new StepRecord
        {
            Step = step,
            Expert = expert,
            Loss = loss,
            Timesteps = [900],
            LearningRate = 1e-4,
            GradientNorm = 2,
            Seconds = new Dictionary<string, double>(),
            MemoryMib = 1,
        },
        1000);
}
