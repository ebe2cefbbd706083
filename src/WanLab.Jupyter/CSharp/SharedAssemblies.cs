using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace WanLab.Jupyter.CSharp;

/// <summary>
/// Loads the assemblies that cells name where everything else is loaded too, so that a type is the same for all. What such
/// an assembly needs is looked for next to it, native libraries too.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly ConcurrentDictionary<string, byte> Folders = new();
    private static readonly ConcurrentDictionary<string, string> Files = new(StringComparer.OrdinalIgnoreCase);

    static SharedAssemblies()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Find(name.Name + ".dll") is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => ResolveNative(name);
    }

    /// <summary>Loads an assembly; where this process already has one of its name, that one is taken.</summary>
    /// <exception cref="WanLabException">The one that is there is older than what is asked for.</exception>
    public static Assembly Load(string path)
    {
        Folders[Path.GetDirectoryName(path)!] = 0;
        var wanted = AssemblyName.GetAssemblyName(path);
        if (Loaded(wanted.Name!) is not { } there) return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        if (there.GetName().Version < wanted.Version)
            throw new WanLabException($"{path}: is version {wanted.Version}, but this kernel already has {wanted.Name} " +
                $"{there.GetName().Version}, and a process can have only one. Use that version, or restart the kernel if a " +
                "cell loaded it.");
        return there;
    }

    // Assemblies that the host was started with can be loaded by name, and are found before any file that a cell names.
    private static Assembly? Loaded(string name)
    {
        if (AssemblyLoadContext.Default.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == name) is { } found) return found;
        var ours = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name);
        return ours is null ? null : AssemblyLoadContext.Default.LoadFromAssemblyPath(ours);
    }

    /// <summary>Registers files that others may need by name: assemblies and native libraries of packages.</summary>
    public static void Know(IEnumerable<string> files)
    {
        foreach (var file in files) Files.TryAdd(Path.GetFileName(file), file);
    }

    private static string? Find(string file) =>
        Files.TryGetValue(file, out var known)
            ? known
            : Folders.Keys.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static nint ResolveNative(string name)
    {
        string[] files = OperatingSystem.IsWindows() ? [name, name + ".dll"]
            : OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib", name + ".dylib"]
            : [name, $"lib{name}.so", name + ".so"];
        foreach (var file in files)
            if (Find(file) is { } path) return NativeLibrary.Load(path);
        return 0;
    }
}
