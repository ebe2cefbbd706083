
namespace WanLab.Jupyter.CSharp;

/// <summary>The texts about magics.</summary>
internal static class Magics
{
    // Names are those of the line's magics, for completion; directives have none.
    private static readonly (string Line, string What, string[] Names)[] All =
    [
        ("#r \"path.dll\"", "use an assembly", []),
        ("#r \"nuget: Name, 1.2.3\"", "use a NuGet package", []),
        ("#i \"nuget: SOURCE\"", "look for packages in one more folder or feed", []),
        ("#load \"file.csx\"", "run a script or notebook here; also #!import file.ipynb", ["#!import"]),
        ("#!time", "say how long the cell took", ["#!time"]),
        ("#!who", "all variables with their types and values, as a table; also #!whos and %who", ["#!who", "#!whos"]),
        ("#!html", "the lines below are HTML; also #!markdown and #!javascript", ["#!html", "#!markdown", "#!javascript"]),
        ("#!about", "versions of WanLab and .NET", ["#!about"]),
        ("#!help", "this page", ["#!help", "#!lsmagic"]),
    ];

    /// <summary>The help page about magics.</summary>
    public static string Help { get; } =
        "A cell is C#. These lines do more:\n\n" + string.Concat(All.Select(magic => $"  {magic.Line,-26}{magic.What}\n"))
        + "\nIn every cell: display(value), HTML(text), Javascript(text), ClearOutput(), await GetInputAsync(question), " +
        "await GetPasswordAsync(question);\n"
        + "value.Display() and text.DisplayAs(mimeType); Interrupt.Token is cancelled by the interrupt button.\n";

    /// <summary>Names of the magics, for completion.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. All.SelectMany(magic => magic.Names).Order(StringComparer.Ordinal)];

    /// <summary>The versions of WanLab and .NET.</summary>
    public static string About { get; } =
        $"WanLab {ProductVersion.Full} on .NET {Environment.Version}";

    /// <summary>The message about a magic that does not exist.</summary>
    public static string Unknown(string name) => $"#!{name} is not known here: this kernel runs C#. #!help lists what there is.";
}
