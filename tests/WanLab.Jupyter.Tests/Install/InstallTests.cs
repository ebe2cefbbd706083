using System.Text.Json.Nodes;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Wire;
using WanLab.Testing;

namespace WanLab.Jupyter.Tests.Install;

public sealed class InstallTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Jupyter_reads_how_to_start_the_kernel()
    {
        var folder = KernelSpec.Write(_folder.Path, ["dotnet", "/opt/my tools/WanLab.Cli.dll", "jupyter", "kernel"]);
        Assert.Equal(Path.Combine(_folder.Path, "kernels", "wanlab-csharp"), folder);
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        Assert.Equal(["dotnet", "/opt/my tools/WanLab.Cli.dll", "jupyter", "kernel", "{connection_file}"],
            spec["argv"]!.AsArray().Select(word => (string?)word));
        Assert.Equal(("C#", "message", "0"),
            ((string?)spec["language"], (string?)spec["interrupt_mode"], (string?)spec["env"]!["DOTNET_TieredPGO"]));
    }

    [Theory]
    [InlineData("JUPYTER_DATA_DIR", "/own", "/own")]
    [InlineData("XDG_DATA_HOME", "/xdg", "/xdg/jupyter")]
    public void A_users_kernels_are_where_Jupyter_looks(string variable, string value, string expected) =>
        Assert.Equal(expected, KernelSpec.UserDataFolder(name => name == variable ? value : null));

    private string Program(string name)
    {
        var file = _folder.Write(name, "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }

    [Fact]
    public void The_lab_comes_before_the_classic_notebook()
    {
        Assert.Contains("apt-get install jupyter-notebook", Assert.Throws<WanLabException>(() => JupyterProgram.Find(_folder.Path)).Message,
            StringComparison.Ordinal);
        var classic = Program("jupyter-notebook");
        Assert.Equal(classic, JupyterProgram.Find($"/nowhere:{_folder.Path}").Path);
        var lab = Program("jupyter-lab");
        Assert.Equal(lab, JupyterProgram.Find($"/nowhere:{_folder.Path}").Path);
    }

    [Fact]
    public void Programs_are_never_taken_from_the_current_folder()
    {
        var (own, other) = (Program("own/dotnet"), Program("other/dotnet"));
        string? OnPath(string name) => name == "PATH" ? $".:bin::{Path.GetDirectoryName(other)}" : null;
        Assert.Equal(own, DotnetProgram.Find(own, OnPath));
        Assert.Equal(other, DotnetProgram.Find("/usr/bin/testhost", OnPath));
        Assert.Equal(own, DotnetProgram.Find(null, name => name == "DOTNET_ROOT" ? Path.GetDirectoryName(own) : OnPath(name)));
        Assert.Contains("is not on PATH", Assert.Throws<WanLabException>(
            () => DotnetProgram.Find(null, name => name == "PATH" ? "." : null)).Message, StringComparison.Ordinal);
        Assert.Throws<WanLabException>(() => JupyterProgram.Find("."));
    }

    [Fact]
    public void Packages_are_restored_in_a_private_folder_that_looks_at_none_above()
    {
        using (var packages = PackageFolder.Create(_folder.Path))
        {
            Assert.StartsWith(Path.Combine(_folder.Path, "packages") + "/", packages.Path, StringComparison.Ordinal);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(packages.Path));
            Assert.Equal(
                ["Directory.Build.props", "Directory.Build.rsp", "Directory.Build.targets", "Directory.Packages.props", "global.json"],
                Directory.GetFiles(packages.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder.Path, "packages")));
    }

    [Fact]
    public void Jupyter_is_told_of_the_kernel_without_changing_its_settings()
    {
        var info = new JupyterProgram("/bin/jupyter-lab").Start("/data", ["/notebooks", "--port=1"]);
        Assert.Equal("/data", info.Environment["JUPYTER_PATH"]!.Split(':')[0]);
        Assert.Equal(["/notebooks", "--port=1"], info.ArgumentList.Take(2));
    }

    [Fact]
    public void A_build_in_use_is_not_replaced()
    {
        var bin = Path.Combine(_folder.Path, "bin", "WanLab.Cli", "release");
        Directory.CreateDirectory(bin);
        Assert.Null(KernelCommand.HoldBuild(bin));
        var file = _folder.Write("launcher.lock", "");
        using (KernelCommand.HoldBuild(bin))
        using (KernelCommand.HoldBuild(bin)) // several kernels can run
            Assert.Throws<IOException>(() => new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("is being built", Assert.Throws<WanLabException>(() => KernelCommand.HoldBuild(bin)).Message,
                StringComparison.Ordinal);
    }
}
