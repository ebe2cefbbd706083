using WanLab.Cli.Doctor;

namespace WanLab.Cli.Tests.Doctor;

public class ProgramProbeTests
{
    [Fact]
    public async Task A_program_that_is_not_there_is_missing()
    {
        var finding = await ProgramProbe.FindAsync("ffmpeg-of-nowhere", "Get it", CancellationToken.None);
        Assert.Equal(new Finding("ffmpeg-of-nowhere", false, "not on PATH", "Get it"), finding);
    }

    [Fact]
    public async Task A_program_that_fails_is_missing_and_says_so()
    {
        // ls knows no option -version
        var finding = await ProgramProbe.FindAsync("ls", "Get it", CancellationToken.None);
        Assert.False(finding.Ok);
        Assert.Matches("^/.*/ls does not run: .+", finding.Detail);
    }

    [Theory]
    [InlineData("ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024\nbuilt with gcc", "5.1.6-0+deb12u1")]
    [InlineData("ffprobe version n7.1 Copyright", "n7.1")]
    [InlineData("hello", "unknown version")]
    public void The_version_is_the_third_word(string answer, string version) =>
        Assert.Equal(version, ProgramProbe.Version(answer));
}
