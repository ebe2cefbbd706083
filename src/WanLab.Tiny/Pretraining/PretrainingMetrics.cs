using System.Text.Json;
using WanLab.Runs;

namespace WanLab.Tiny.Pretraining;

/// <summary>The file metrics.jsonl: one line per step, for all phases one after the other.</summary>
internal sealed class PretrainingMetrics
{
    private readonly string _file;
    private readonly string _phase;

    /// <summary>Opens the file and drops the phase's lines after a step, because these steps will be made again.</summary>
    public PretrainingMetrics(string file, string phase, int step)
    {
        (_file, _phase) = (file, phase);
        if (File.Exists(file))
            AtomicFile.WriteText(file,
                string.Concat(File.ReadLines(file).Where(line => Stays(line, step)).Select(line => line + "\n").ToList()));
    }

    public void Write(int step, double loss, double gradientNorm, double learningRate, double seconds) =>
        File.AppendAllText(_file, JsonSerializer.Serialize(
            new { phase = _phase, step, loss, gradient_norm = gradientNorm, learning_rate = learningRate, seconds }) + "\n");

    // Half a line, left by a killed run, is dropped too.
    private bool Stays(string line, int step) => RunJson.Parse<Line>(line) is { } made && (made.Phase != _phase || made.Step <= step);

    private sealed record Line(string Phase, int Step);
}
