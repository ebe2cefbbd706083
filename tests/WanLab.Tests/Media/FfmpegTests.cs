using WanLab.Media;
using WanLab.Testing;

namespace WanLab.Tests.Media;

public class FfmpegTests
{
    [Fact]
    public void A_missing_program_is_an_error_that_says_how_to_get_it()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<WanLabException>(() => Ffmpeg.Start("ffprobe", ["-version"], searchFolder: folder.Path));
        Assert.Contains("'ffprobe' was not found in " + folder.Path, error.Message);
        Assert.Contains("apt-get install ffmpeg", error.Message);
        Assert.Contains("'ffmpeg'", Assert.Throws<WanLabException>(() => Ffmpeg.Require(folder.Path)).Message);
    }

    [Fact]
    public void Both_programs_are_found() => Ffmpeg.Require();

    [Fact]
    public void A_reason_is_short_and_free_of_addresses()
    {
        const string errors = "[mov,mp4,m4a @ 0x55d0c0ffee00] moov atom not found\n/a/clip.mp4: Invalid data found\n\n" +
            "/a/clip.mp4: Invalid data found\n";
        Assert.Equal("mov,mp4,m4a: moov atom not found; Invalid data found", Ffmpeg.Reason(errors, "/a/clip.mp4"));
        Assert.Equal("no reason given", Ffmpeg.Reason("\n", "/a/clip.mp4"));
    }
}
