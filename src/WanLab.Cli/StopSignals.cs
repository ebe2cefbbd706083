using System.Runtime.InteropServices;

namespace WanLab.Cli;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM, which job schedulers send, or SIGHUP, which a closed terminal sends) into a cancelled token, so
/// that a run can save its state. The second one is left to the system, which ends the process. A closed terminal often sends SIGHUP
/// twice, from the shell and from the system; a second one of that kind does not count.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _onFirst;
    private int _seen;

    /// <summary>Starts to listen for the signals.</summary>
    /// <param name="onFirst">Called at the first signal, before the token is cancelled.</param>
    public StopSignals(Action onFirst)
    {
        _onFirst = onFirst;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        if (Interlocked.Exchange(ref _seen, 1) == 1)
        {
            if (signal.Signal == PosixSignal.SIGHUP) signal.Cancel = true;
            return;
        }
        signal.Cancel = true;
        _onFirst();
        // Callbacks run elsewhere: a slow one must not keep the second signal from getting through.
        _ = _source.CancelAsync();
    }
}
