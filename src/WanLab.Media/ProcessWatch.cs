using System.ComponentModel;
using System.Diagnostics;

namespace WanLab.Media;

/// <summary>Ends a program at its time limit or when the work is cancelled, and says afterwards which of both it was.</summary>
internal sealed class ProcessWatch : IDisposable
{
    // A signal to the whole group (Ctrl-C in a terminal) can reach the program a moment before this process has handled it.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenRegistration _onEnd, _onCancel;

    public ProcessWatch(Process process, TimeSpan limit, CancellationToken cancellation)
    {
        (_process, _limit, _cancellation) = (process, limit, cancellation);
        _time = new CancellationTokenSource(limit);
        _onEnd = _time.Token.Register(Kill);
        _onCancel = cancellation.Register(Kill);
    }

    /// <summary>Throws where the program did not end by itself.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="MediaStoppedException">Something else ended the program.</exception>
    /// <exception cref="WanLabException">The program took too long.</exception>
    public void ThrowIfEnded(string program, string errors)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_process.ExitCode == 0) return;
        if (_time.IsCancellationRequested)
            throw new WanLabException(FormattableString.Invariant(
                $"{program} did not come to an end within {_limit.TotalSeconds:0} s and was stopped. The file is probably damaged."));
        if (!Ffmpeg.WasStopped(_process.ExitCode, errors)) return;
        if (_cancellation.CanBeCanceled && _cancellation.WaitHandle.WaitOne(SignalDelay)) _cancellation.ThrowIfCancellationRequested();
        throw new MediaStoppedException(
            $"{program} was ended from outside (code {_process.ExitCode}); the machine may be out of memory. Start again.");
    }

    public void Dispose()
    {
        _onEnd.Dispose();
        _onCancel.Dispose();
        _time.Dispose();
        Kill();
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited) _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has just ended by itself.
        }
    }
}

/// <summary>A program that reads clips was ended by something else than this process: no fault of the clip.</summary>
internal sealed class MediaStoppedException(string message) : WanLabException(message);
