using System.Collections.Concurrent;
using WanLab.Jupyter.Cells;

namespace WanLab.Jupyter.Serving;

/// <summary>A thread that does one thing after the other, in the order in which they came.</summary>
internal sealed class Worker
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread; it ends with the process.</summary>
    public Worker(string name) => new Thread(Run) { Name = name, IsBackground = true }.Start();

    /// <summary>Adds something to do. An exception that it throws is written down, and ends nothing.</summary>
    public void Post(Action action) => _work.Add(action);

    private void Run()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                CellConsole.Log(e.ToString());
            }
        }
    }
}
