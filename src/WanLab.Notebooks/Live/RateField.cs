using System.Globalization;
using WanLab.Widgets;

namespace WanLab.Notebooks.Live;

/// <summary>The learning rate of one expert in a dashboard: all its digits, until a user types another.</summary>
internal sealed class RateField
{
    private readonly Lock _lock = new();
    private string _filled;

    public RateField(string name, double rate)
    {
        _filled = TextOf(rate);
        Text = new Text(name, _filled) { Width = "15em" };
    }

    /// <summary>The widget to show.</summary>
    public Text Text { get; }

    /// <summary>The rate that the user typed; null where the field is as it was filled.</summary>
    /// <exception cref="WanLabException">What is typed is not a learning rate.</exception>
    public double? Typed
    {
        get
        {
            lock (_lock)
            {
                var text = Text.Value.Trim();
                if (text == _filled) return null;
                return Parse(text) ?? throw new WanLabException(
                    $"'{text}' is not a learning rate: write a number above 0, such as 1e-4.");
            }
        }
    }

    /// <summary>Shows the job's rate where it changed. What a user is about to set stays.</summary>
    public void Follow(double rate)
    {
        lock (_lock)
        {
            var now = TextOf(rate);
            if (now == _filled) return;
            var text = Text.Value.Trim();
            if (text == _filled || Parse(text) == rate) Text.Value = now;
            _filled = now;
        }
    }

    private static string TextOf(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate > 0
            ? rate
            : null;
}
