using System.Text;

namespace WanLab.Testing;

/// <summary>A new folder that is deleted with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wanlab-").FullName;

    /// <summary>The full path of a name in the folder; nothing is created.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, in new subfolders where its name has them, and returns its full path.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
