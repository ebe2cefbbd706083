using WanLab.Jupyter.Install;
using WanLab.Jupyter.Zmq;

namespace WanLab.Cli.Doctor;

/// <summary>Looks for libzmq and Jupyter, which notebooks need.</summary>
internal static class JupyterProbe
{
    /// <summary>Looks for libzmq, through which the kernel talks to Jupyter.</summary>
    public static Finding Zmq()
    {
        try
        {
            return new Finding("libzmq", true, Libzmq.Version);
        }
        catch (WanLabException)
        {
            return new Finding("libzmq", false, "not found", "Install it (Debian: apt-get install libzmq5)");
        }
    }

    /// <summary>Looks for JupyterLab or the classic notebook. Everything except <c>wanlab lab</c> works without them.</summary>
    public static Finding Program(string searchPath)
    {
        try
        {
            return new Finding("Jupyter", true, JupyterProgram.Find(searchPath).Path);
        }
        catch (WanLabException)
        {
            return new Finding("Jupyter", true, "not on PATH; only 'wanlab lab' needs it");
        }
    }

    /// <summary>Looks for WanLab's kernel among the user's kernels. <c>wanlab lab</c> brings its own.</summary>
    public static Finding Kernel()
    {
        var folder = Path.Combine(KernelSpec.UserDataFolder(Environment.GetEnvironmentVariable), "kernels", KernelSpec.Name);
        return new Finding("kernel", true, Directory.Exists(folder) ? folder
            : "not registered; 'wanlab lab' needs no registration, and 'wanlab jupyter install' is for your own Jupyter");
    }
}
