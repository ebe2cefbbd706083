using System.Reflection;
using System.Text.RegularExpressions;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch.Interop;

namespace WanLab.Torch.Tests;

public sealed class NativeAbiTests
{
    [Fact]
    public void The_header_and_the_imports_name_the_same_functions_with_the_same_arity()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "src/WanLab.Torch/native/wanlab_torch.h"));
        header = Regex.Replace(header, @"/\*.*?\*/", "", RegexOptions.Singleline);
        var declared = Regex.Matches(header, @"WL_API int32_t (\w+)\((.*?)\);", RegexOptions.Singleline)
            .ToDictionary(m => m.Groups[1].Value, m => Arity(m.Groups[2].Value));
        var imported = typeof(Native).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(m => m.Name.StartsWith("wl_", StringComparison.Ordinal))
            .ToDictionary(m => m.Name, m => m.GetParameters().Length);

        Assert.Equal(declared.OrderBy(p => p.Key), imported.OrderBy(p => p.Key));
    }

    private static int Arity(string parameters)
    {
        parameters = Regex.Replace(parameters, @"\(\*(\w+)\)\([^)]*\)", "$1"); // a callback is one parameter
        return parameters.Trim() == "void" ? 0 : parameters.Split(',').Length;
    }
}
