namespace WanLab.Notebooks.Live;

/// <summary>
/// Shows values as text, one below the other. A console cannot take back what it showed, so a display that changes often is
/// printed only from time to time.
/// </summary>
internal sealed class ConsoleOutput(TextWriter console, TimeProvider time) : INotebookOutput
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public bool Renews => true;

    /// <inheritdoc/>
    public bool HasWidgets => false;

    /// <inheritdoc/>
    public IShownValue Show(object value)
    {
        var place = new Place(console, time);
        place.Update(value);
        return place;
    }

    private sealed class Place(TextWriter console, TimeProvider time) : IShownValue
    {
        private long? _last;

        public void Update(object value)
        {
            // The last state of a dashboard is always shown; of the others, one in ten seconds.
            if (value is LivePage { IsLast: false, Line: var line })
            {
                if (_last is { } last && time.GetElapsedTime(last) < Pause) return;
                _last = time.GetTimestamp();
                if (line != "") console.WriteLine(line);
                return;
            }
            var text = value.ToString()!.TrimEnd();
            if (text != "") console.WriteLine(text);
        }
    }
}
