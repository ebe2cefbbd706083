using System.Reflection;

namespace WanLab.Jupyter.Display;

/// <summary>The displays of WanLab.Notebooks, found by name: the kernel does not depend on it.</summary>
internal static class Displays
{
    private static readonly Func<Type, bool> Shows = Load();

    /// <summary>Whether WanLab makes the forms of values of this type.</summary>
    public static bool OwnsFormsOf(Type type) => Shows(type);

    // Its formatters for other libraries' tables and charts begin with the first thing that is shown.
    private static Func<Type, bool> Load()
    {
        var type = Assembly.Load("WanLab.Notebooks").GetType("WanLab.Notebooks.KernelFormatters")!;
        type.GetMethod("Register")!.Invoke(null, null);
        return type.GetMethod("Shows")!.CreateDelegate<Func<Type, bool>>();
    }
}
