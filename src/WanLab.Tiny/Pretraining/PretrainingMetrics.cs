using System.Text.Json;

namespace WanLab.Tiny.Pretraining;

/// <summary>metrics.jsonl: a line a step, of all phases one after the other.</summary>
internal sealed class PretrainingMetrics
{
    private readonly string _file;
    private readonly string _phase;

    /// <summary>Drops the phase's lines after a step, which will be made again.</summary>
    public PretrainingMetrics(string file, string phase, int step)
    {
        (_file, _phase) = (file, phase);
        if (File.Exists(file)) AtomicFile.WriteText(file, string.Concat(File.ReadLines(file).Where(line => Stays(line, step)).Select(line => line + "\n").ToList()));
    }

    public void Write(int step, double loss, double gradientNorm, double learningRate, double seconds) =>
        File.AppendAllText(_file, JsonSerializer.Serialize(new { phase = _phase, step, loss, gradient_norm = gradientNorm, learning_rate = learningRate, seconds }) + "\n");

    private bool Stays(string line, int step)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("phase").GetString() != _phase || json.RootElement.GetProperty("step").GetInt32() <= step;
        }
        catch (JsonException)
        {
            return false; // the line that a killed run was writing
        }
    }
}
