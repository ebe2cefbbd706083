using System.Text;
using WanLab.Torch.Safetensors;

namespace WanLab.Torch.Tests.Safetensors;

public sealed class ForeignFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GGUF\u0003\0\0\0", "is a GGUF file, which is not supported. Use the fp8_scaled file")]
    [InlineData("<!DOCTYPE html>\n<html class=\"\">", "is a web page, saved in place of the file")]
    [InlineData("\n<html>", "is a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 28600000000\n", "Run 'git lfs pull'")]
    [InlineData("{\"error\":\"Repository not found\"}", "is a JSON text, such as an index or a server's error message")]
    [InlineData("Access to this model is restricted", "is a text, not a file of weights: Access to this model is restricted")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied", "a server's error message")]
    [InlineData("[InternetShortcut]\nURL=https://example.org/", "is an internet shortcut")]
    [InlineData("L\0\0\0\u0001\u0014\u0002\0\0\0\0", "is a Windows shortcut")]
    [InlineData("\0\u0005\u0016\u0007\0\0", "is a Mac's side file")]
    [InlineData("Rar!\u001a\u0007", "is a RAR archive")]
    [InlineData("\u0080\u0002}q\0", "wanlab convert")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0", "holds only zeros at its start")]
    [InlineData("", "is empty")]
    [InlineData("\u0089PNG\r\n", "is a PNG picture")]
    public void A_file_of_another_kind_is_called_by_its_name(string content, string why)
    {
        File.WriteAllBytes(_folder["x.safetensors"], Encoding.Latin1.GetBytes(content));
        Assert.Contains(why, Fails("x.safetensors"));
    }

    [Theory]
    [InlineData("x.gguf", "is a GGUF file")]
    [InlineData("x.safetensors.crdownload", "is a download that has not finished")]
    [InlineData("x.aria2", "is a download that has not finished")]
    public void A_name_can_say_it_too(string name, string why)
    {
        _folder.Write(name, "");
        Assert.Contains(why, Fails(name));
        Assert.Contains($"{name}: {why}", Assert.Throws<WanLabException>(() => WeightFiles.Open(_folder.Path)).Message);
    }

    [Fact]
    public void A_folder_a_missing_file_and_a_broken_link_have_messages_of_their_own()
    {
        Directory.CreateDirectory(_folder["folder.safetensors"]);
        Assert.Contains("is a folder", Fails("folder.safetensors"));
        Assert.Contains("no such file", Fails("none.safetensors"));
        File.CreateSymbolicLink(_folder["link.safetensors"], "blobs/4f2a");
        Assert.Contains("is a link to blobs/4f2a, which is not there", Fails("link.safetensors"));
    }

    [Fact]
    public void A_folder_of_pickled_files_says_how_to_convert_them()
    {
        _folder.Write("model.pth", "");
        var error = Assert.Throws<WanLabException>(() => WeightFiles.Open(_folder.Path)).Message;
        Assert.Contains($"wanlab convert {_folder["model.pth"]}", error);
    }

    private string Fails(string name) => Assert.Throws<WanLabException>(() => SafetensorsFile.Open(_folder[name])).Message;
}
