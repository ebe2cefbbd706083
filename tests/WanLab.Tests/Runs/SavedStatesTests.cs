using WanLab.Runs;

namespace WanLab.Tests.Runs;

public sealed class SavedStatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-states-").FullName;
    private readonly List<string> _damaged = [];

    private SavedStates States => new(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_two_newest_are_kept()
    {
        Assert.Null(States.Newest(_damaged.Add));
        foreach (var step in (int[])[4, 8, 12]) Save(step);
        Assert.Equal("state 12", File.ReadAllText(States.Newest(_damaged.Add)!));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Empty(_damaged);
    }

    [Fact]
    public void A_damaged_one_is_told_and_the_one_before_serves()
    {
        Save(4);
        Save(8);
        Damage(States.Newest(_damaged.Add)!);
        Assert.Equal("state 4", File.ReadAllText(States.Newest(_damaged.Add)!));
        Assert.Contains("The saved state of step 8 is damaged", Assert.Single(_damaged));
    }

    [Fact]
    public void Where_none_is_whole_it_is_an_error()
    {
        Save(4);
        Damage(States.Newest(_damaged.Add)!);
        Assert.Contains("all saved states are damaged", Assert.Throws<WanLabException>(() => States.Newest(_damaged.Add)).Message);
    }

    [Fact]
    public void Saving_an_earlier_step_again_drops_the_later_ones()
    {
        foreach (var step in (int[])[4, 8, 6]) Save(step);
        Assert.Equal("state 6", File.ReadAllText(States.Newest(_damaged.Add)!));
    }

    private void Save(int step) => States.Save(step, file => File.WriteAllText(file, $"state {step}"));

    private static void Damage(string file)
    {
        using var stream = File.OpenWrite(file);
        stream.WriteByte(0);
    }
}
