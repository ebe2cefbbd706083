using System.CommandLine;

namespace WanLab.Cli;

/// <summary>Limits of options.</summary>
internal static class OptionRules
{
    /// <summary>Refuses values that are not right, with a sentence. A word that is no value is left to the parser to report.</summary>
    public static void Require<T>(this Option<T> option, Func<T?, bool> isRight, string complaint) => option.Validators.Add(result =>
    {
        T? value;
        try
        {
            value = result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return;
        }
        if (!isRight(value)) result.AddError(complaint);
    });
}
