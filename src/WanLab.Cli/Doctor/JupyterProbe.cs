using WanLab.Jupyter.Install;
using WanLab.Jupyter.Zmq;

namespace WanLab.Cli.Doctor;

/// <summary>Finds what notebooks need.</summary>
internal static class JupyterProbe
{
    /// <summary>libzmq, through which the kernel speaks with Jupyter.</summary>
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

    /// <summary>A Jupyter; without one all else works.</summary>
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
}
