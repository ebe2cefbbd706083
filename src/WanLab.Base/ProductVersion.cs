using System.Reflection;

namespace WanLab;

/// <summary>The version of WanLab.</summary>
internal static class ProductVersion
{
    /// <summary>The release and, in a checkout, the commit: <c>0.1.0+5be27c4</c>.</summary>
    public static string Full { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The release alone: <c>0.1.0</c>.</summary>
    public static string Release { get; } = Full.Split('+')[0];
}
