using WanLab.Runs;

namespace WanLab.Tests.Runs;

public sealed class SavedStatesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-states-").FullName;
    private readonly List<string> _damaged = [];

    private SavedStates States => new(_folder, []);

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
    public void A_damaged_one_is_set_aside_and_the_one_before_serves()
    {
        Save(4);
        Save(8);
        var newest = States.Newest(_damaged.Add)!;
        Damage(newest);
        Assert.Equal("state 4", File.ReadAllText(States.Newest(_damaged.Add)!));
        Assert.Equal($"The saved state of step 8 is damaged; it was set aside as {newest}.damaged.", Assert.Single(_damaged));
        Assert.True(File.Exists(newest + ".damaged"));
    }

    [Fact]
    public void Where_none_is_whole_all_are_kept_under_other_names()
    {
        Save(4);
        Damage(States.Newest(_damaged.Add)!);
        Assert.Null(States.Newest(_damaged.Add));
        Assert.True(States.Any);
        Assert.EndsWith(".safetensors.damaged", Assert.Single(Directory.GetFiles(_folder)));
    }

    [Fact]
    public void Files_of_other_names_are_no_states_and_are_left_alone()
    {
        string[] others = ["backup001.old.safetensors", "000000009.copy.safetensors", "notes.txt"];
        foreach (var other in others) File.WriteAllText(Path.Combine(_folder, other), "mine");
        foreach (var step in (int[])[4, 8, 12]) Save(step);
        Assert.Equal("state 12", File.ReadAllText(States.Newest(_damaged.Add)!));
        Assert.Empty(_damaged);
        Assert.All(others, other => Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, other))));
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
