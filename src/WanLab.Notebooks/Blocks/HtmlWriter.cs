using System.Globalization;
using System.Text;
using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Blocks;

/// <summary>HTML that is inserted as it is, without escaping.</summary>
internal readonly record struct RawHtml(string Text);

/// <summary>Settings for the HTML of one output: ids, plotly.js, videos.</summary>
internal sealed record HtmlSettings
{
    /// <summary>Makes the settings of a notebook's outputs; tests replace it to fix the ids.</summary>
    public static Func<HtmlSettings> Notebook { get; set; } = () => new HtmlSettings();

    /// <summary>Makes ids that are unique on a page.</summary>
    public Func<string> NewId { get; init; } = () => $"wl-{Guid.NewGuid():N}";

    /// <summary>The delivery of plotly.js to the page.</summary>
    public PlotDelivery Plotly { get; init; } = PlotDelivery.Shared;

    /// <summary>The number of bytes that videos may take.</summary>
    public VideoBudget Videos { get; init; } = VideoBudget.Shared;

    /// <summary>Whether videos have their first frame as a picture, for pages whose scripts and videos may not run.</summary>
    public bool Posters { get; init; } = true;

    /// <summary>Stops the writing between two videos.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Collects the HTML of one output. Everything put between braces is escaped, unless it is <see cref="RawHtml"/>.</summary>
internal sealed class HtmlWriter(HtmlSettings settings)
{
    private readonly StringBuilder _text = new();

    public HtmlSettings Settings => settings;

    /// <summary>Whether a figure was written, which needs plotly.js.</summary>
    public bool HasFigures { get; set; }

    /// <summary>Adds pieces of HTML.</summary>
    public void Write(params FormattableString[] pieces)
    {
        foreach (var html in pieces) _text.AppendFormat(Escaping.Instance, html.Format, html.GetArguments());
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public static Escaping Instance { get; } = new();

        public object? GetFormat(Type? type) => type == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? value, IFormatProvider? provider) => value switch
        {
            RawHtml raw => raw.Text,
            double number when format == "0.0%" => Numbers.Percent(number),
            IFormattable formattable => Escape(formattable.ToString(format, CultureInfo.InvariantCulture)),
            _ => Escape(value?.ToString() ?? ""),
        };
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");
}
