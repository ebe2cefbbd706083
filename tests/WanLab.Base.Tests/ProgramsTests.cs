using WanLab.Testing;

namespace WanLab.Base.Tests;

public sealed class ProgramsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_absolute_entries_of_the_path_count()
    {
        var program = Program("bin", UnixFileMode.UserExecute | UnixFileMode.UserRead);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder["bin"]);
        Assert.Null(Programs.Find("tool", $".:{relative}::bin"));
        Assert.Equal(program, Programs.Find("tool", $".:{relative}:{_folder["none"]}:{_folder["bin"]}"));
        Assert.Null(Programs.Find("other", _folder["bin"]));
    }

    [Fact]
    public void A_file_that_cannot_run_is_passed_over()
    {
        Program("data", UnixFileMode.UserRead);
        var program = Program("bin", UnixFileMode.UserExecute | UnixFileMode.UserRead);
        Assert.Equal(program, Programs.Find("tool", $"{_folder["data"]}:{_folder["bin"]}"));
    }

    private string Program(string folder, UnixFileMode mode)
    {
        var file = _folder.Write(Path.Combine(folder, "tool"), "#!/bin/sh\n");
        File.SetUnixFileMode(file, mode);
        return file;
    }
}
