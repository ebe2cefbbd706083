namespace WanLab.Runs.TensorBoard;

/// <summary>
/// Writes a run's curves as TensorBoard event files, a new file at each start. TensorBoard reads the files of a folder in
/// the order of their names; a resumed run marks the step from which the earlier file's values are discarded.
/// </summary>
internal sealed partial class TensorBoardLog
{
    // TensorBoard reads every file that has "tfevents" in its name.
    private const string Prefix = "events.out.tfevents.";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private string? _file;
    private bool _started;

    /// <summary>A log in a folder; the file is created with its first value.</summary>
    public TensorBoardLog(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    /// <summary>The event files of a folder, oldest first.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
        [.. FilesOf.Folder(folder).Where(file => Name().IsMatch(Path.GetFileName(file))).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Writes the values of an event that has any: for a step, loss, learning rate and gradient norm of its expert; for a
    /// validation, the expert's held-out loss and its difference to the base model's, with the ends of the interval.
    /// </summary>
    public void Report(RunEvent happened)
    {
        switch (happened)
        {
            case StepDone { Record: var record }:
                var expert = record.Expert.Name();
                if (!_started) Append(EventMessage.Start(_time.GetUtcNow(), record.Step));
                _started = true;
                Add(record.Step, [($"loss/{expert}", record.Loss), ($"learning_rate/{expert}", record.LearningRate),
                    ($"gradient_norm/{expert}", record.GradientNorm)]);
                break;
            case ValidationDone { Record: var record }:
                Add(record.Step, Scalars(record));
                break;
        }
    }

    private static IEnumerable<(string Tag, double Value)> Scalars(ValidationRecord record)
    {
        var expert = record.Expert.Name();
        yield return ($"validation_loss/{expert}", record.Loss);
        yield return ($"validation_difference/{expert}", record.Difference);
        if (record is not { Lower: { } lower, Upper: { } upper }) yield break;
        yield return ($"validation_difference_lower/{expert}", lower);
        yield return ($"validation_difference_upper/{expert}", upper);
    }

    /// <summary>Adds the values of a step.</summary>
    /// <param name="step">Number of steps made.</param>
    /// <param name="scalars">Names, a group before a slash as in <c>loss/high_noise</c>, and values.</param>
    public void Add(int step, IEnumerable<(string Tag, double Value)> scalars) =>
        Append(EventMessage.Scalars(_time.GetUtcNow(), step, scalars));

    // Opened for each record, so that nothing is lost when the run is killed; a step takes far longer.
    private void Append(byte[] message)
    {
        if (_file is null)
        {
            _file = NewFile();
            Append(EventMessage.Version(_time.GetUtcNow()));
        }
        LogFile.Append(_file, TfRecord.Frame(message));
    }

    private string NewFile()
    {
        var last = FilesIn(_folder)
            .Select(file => int.Parse(Path.GetFileName(file).Split('.')[3], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{last + 1:D6}.wanlab"));
    }

    // Six digits, or more after a million starts.
    [GeneratedRegex(@"\Aevents\.out\.tfevents\.[0-9]{6,9}\.wanlab\z")]
    private static partial Regex Name();
}
