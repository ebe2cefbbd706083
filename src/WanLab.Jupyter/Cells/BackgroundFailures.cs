using System.Runtime.ExceptionServices;
using WanLab.Jupyter.CSharp;

namespace WanLab.Jupyter.Cells;

/// <summary>
/// Makes an exception on a thread that a cell started the failure of that cell. Without it .NET ends the process, and with it
/// all variables and results.
/// </summary>
internal static class BackgroundFailures
{
    private static int _isInstalled;

    /// <summary>Begins to catch them, for as long as the process lives.</summary>
    public static void Install()
    {
        if (Interlocked.Exchange(ref _isInstalled, 1) == 0) ExceptionHandling.SetUnhandledExceptionHandler(TryShow);
    }

    private static bool TryShow(Exception exception)
    {
        if (CellRun.Current is not { } run) return false;
        run.FailInBackground(ErrorText.OfThread(exception));
        return true;
    }
}
