using System.Text.Json;
using System.Text.Json.Nodes;

namespace WanLab.Jupyter.Install;

/// <summary>The folder that tells Jupyter how to start the kernel.</summary>
internal static class KernelSpec
{
    /// <summary>The kernel's name, as notebooks hold it.</summary>
    public const string Name = "wanlab-csharp";

    /// <summary>The kernel's name, as people see it.</summary>
    public const string DisplayName = "C# (WanLab)";

    /// <summary>Writes the kernel's folder.</summary>
    /// <param name="dataFolder">A folder of Jupyter's data path; the kernel goes to <c>kernels/wanlab-csharp</c> in it.</param>
    /// <param name="command">The command that starts the kernel, given a connection file as one more argument.</param>
    /// <param name="variables">More variables to start it with.</param>
    /// <returns>The kernel's folder.</returns>
    public static string Write(string dataFolder, IReadOnlyList<string> command, params (string Name, string Value)[] variables)
    {
        var folder = Path.Combine(dataFolder, "kernels", Name);
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Select(word => (JsonNode)word), "{connection_file}"]),
            ["display_name"] = DisplayName,
            ["language"] = "C#", // Jupyter falls back by language where a notebook names another C# kernel
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject(
                KernelCommand.Environment.Select(variable => (variable.Key, variable.Value)).Concat(variables)
                    .Select(variable => KeyValuePair.Create(variable.Item1, (JsonNode?)variable.Item2))),
        };
        AtomicFile.WriteText(Path.Combine(folder, "kernel.json"),
            spec.ToJsonString(new JsonSerializerOptions(Wire.Json.Compact) { WriteIndented = true }) + "\n");
        return folder;
    }

    /// <summary>The entry of a notebook file that names the kernel it is for.</summary>
    public static JsonObject Metadata() => new() { ["display_name"] = DisplayName, ["language"] = "C#", ["name"] = Name };

    /// <summary>The folder where Jupyter looks for a user's kernels.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static string UserDataFolder(Func<string, string?> variable)
    {
        if (variable("JUPYTER_DATA_DIR") is { Length: > 0 } own) return own;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        if (OperatingSystem.IsWindows() && variable("APPDATA") is { Length: > 0 } roaming) return Path.Combine(roaming, "jupyter");
        return Path.Combine(variable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
