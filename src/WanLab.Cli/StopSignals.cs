using System.Runtime.InteropServices;

namespace WanLab.Cli;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM, which job schedulers send) into a cancelled token, so that a run can save
/// its state. The second one is left to the system, which ends the process.
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
        if (Interlocked.Exchange(ref _seen, 1) == 1) return;
        signal.Cancel = true;
        _onFirst();
        // Callbacks run elsewhere: a slow one must not keep the second signal from getting through.
        _ = _source.CancelAsync();
    }
}
