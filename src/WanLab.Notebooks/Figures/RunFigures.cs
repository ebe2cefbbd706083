using WanLab.Models;
using WanLab.Planning;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Figures;

/// <summary>The plots of a run, as it was when they were asked for.</summary>
public sealed class RunFigures
{
    private const int HeatColumns = 30, HeatRows = 20, FewHeatRows = 10, DrawsOfCell = 3, TimeColumns = 30;
    private const int ShownTurns = 60, LeastTurn = 4; // more of them, or shorter ones, would be a grey mush
    private readonly RunSnapshot _run;

    internal RunFigures(RunSnapshot run) => _run = run;

    private int Span => Smoothing.Span(_run.Steps.Count / Math.Max(1, Trained.Count()));

    private IEnumerable<Expert> Trained => Experts.All.Where(expert => _run.Steps.Any(step => step.Expert == expert));

    /// <summary>Loss by step for each expert, as measured and smoothed; a button switches to a logarithmic scale.</summary>
    public LineFigure Loss() => InTurns(new LineFigure
    {
        Title = $"Loss, smoothed over {Span} steps of an expert",
        XTitle = "step",
        YTitle = "loss",
        CanSwitchLog = true,
        Readings = [.. Trained.Select((expert, k) => (expert.Title(), k, Trained.Count() + k))],
        Lines =
        [
            .. Trained.Select(
                e => Measured(e, step => step.Loss) with { Name = $"{e.Title()}, one step", InLegend = false, Style = LineStyle.Faint }),
            .. Trained.Select(Smoothed),
        ],
    });

    /// <summary>Mean loss by step and timestep: which noise levels are learned, and when; grey where none was drawn.</summary>
    public HeatmapFigure LossByTimestep()
    {
        var steps = _run.Steps.Where(step => double.IsFinite(step.Loss) && step.Timesteps.Count > 0).ToList();
        // A column spans a turn of each expert, and cells are large enough that few of them have no draw.
        var turn = _run.Job is { Multistage: { HighNoise: true, LowNoise: true, SwitchEvery: var every } } ? 2 * every : 4;
        var draws = steps.Sum(step => step.Timesteps.Count);
        var rows = draws < HeatRows * DrawsOfCell * 4 ? FewHeatRows : HeatRows;
        var most = Math.Min(steps.Count / turn, draws / (rows * DrawsOfCell));
        var columns = Math.Clamp(most, Math.Min(steps.Count, 1), HeatColumns);
        var cells = Enumerable.Range(0, steps.Count == 0 ? 0 : rows)
            .Select(row => (IReadOnlyList<double?>)[.. Enumerable.Range(0, columns).Select(column => Mean(row, column))])
            .ToList();
        return new HeatmapFigure
        {
            Title = "Loss by timestep",
            XTitle = "steps, up to",
            YTitle = "timestep",
            ValueTitle = "loss",
            Columns = [.. Enumerable.Range(0, columns).Select(c => $"{steps[(c + 1) * steps.Count / columns - 1].Step}")],
            Rows = [.. Enumerable.Range(0, cells.Count).Select(r => $"{r * 1000 / rows}")],
            Cells = cells,
        };

        double? Mean(int row, int column)
        {
            var (from, to) = (column * steps.Count / columns, (column + 1) * steps.Count / columns);
            return steps.Skip(from).Take(to - from)
                .Where(step => step.Timesteps.Any(t => Math.Min(rows - 1, (int)(t * rows / 1000)) == row)) // a batch has several
                .Select(step => (double?)step.Loss).Average();
        }
    }

    /// <summary>The timesteps that an expert should draw and those it drew, over its range.</summary>
    /// <exception cref="WanLabException">The job does not train that expert, or is not known yet.</exception>
    public BarFigure Timesteps(Expert expert)
    {
        var job = _run.Job
            ?? throw new WanLabException($"{_run.Folder.Path}: the run is still preparing; its timesteps are known once it trains.");
        var plan = TimestepPlan.Of(job).FirstOrDefault(plan => plan.Expert == expert)
            ?? throw new WanLabException($"{job.Name} does not train the {expert.Title()} expert.");
        var drawn = _run.Steps.Where(step => step.Expert == expert).SelectMany(step => step.Timesteps).ToList();
        var counts = new double[TimestepPlan.Bins];
        foreach (var t in drawn) counts[Math.Clamp((int)((t - plan.From) / (plan.To - plan.From) * counts.Length), 0, counts.Length - 1)]++;
        return PlanFigures.Timesteps(plan) with
        {
            Title = $"Timesteps, {expert.Title()}: {Numbers.Of(drawn.Count, "draw")}",
            Series = [new Bars("planned", plan.Shares, "#a0aec0"),
                new Bars("drawn", [.. counts.Select(c => drawn.Count == 0 ? 0 : c / drawn.Count)], Palette.Of(expert))],
        };
    }

    /// <summary>Held-out loss minus the base model's, with the 95 % interval: below 0 the adapter is better.</summary>
    public LineFigure Validation() => new()
    {
        Title = "Held-out loss against the base model",
        XTitle = "step",
        YTitle = "difference (below 0 is better)",
        Reference = ("the base model", 0),
        Lines = [.. Experts.All.Select(expert => (expert, records: _run.Validation.Where(r => r.Expert == expert).ToList()))
            .Where(p => p.records.Count > 0)
            .Select(p =>
            new Line(p.expert.Title(), [.. p.records.Select(r => (double)r.Step)], [.. p.records.Select(r => r.Difference)],
                Palette.Of(p.expert), LineStyle.Dots)
            {
                Low = [.. p.records.Select(r => r.Lower)],
                High = [.. p.records.Select(r => r.Upper)],
            })],
    };

    /// <summary>Learning rate by step.</summary>
    public LineFigure LearningRate() => Course("Learning rate", "learning rate", step => step.LearningRate) with { FromZero = true };

    /// <summary>Gradient norm before clipping, on a logarithmic scale, and where it is clipped.</summary>
    public LineFigure GradientNorm() => Course("Gradient norm, before clipping", "norm", step => step.GradientNorm) with
    {
        Log = true,
        CanSwitchLog = true,
        Reference = _run.Job is { } job && _run.Steps.Count > 0
            ? ($"clipped above {Numbers.Short(job.Training.MaxGradNorm)}", job.Training.MaxGradNorm)
            : null,
    };

    /// <summary>Resident memory of the process.</summary>
    public LineFigure Memory() => new()
    {
        Title = "Memory of the process",
        XTitle = "step",
        YTitle = "MiB",
        Lines = _run.Steps.Count == 0
            ? []
            : [new Line("resident", [.. _run.Steps.Select(s => (double)s.Step)], [.. _run.Steps.Select(s => s.MemoryMib)], Palette.At(2))],
    };

    /// <summary>Seconds of a step by part of the work, over the steps.</summary>
    public BarFigure Seconds()
    {
        var steps = _run.Steps;
        var columns = Math.Min(TimeColumns, steps.Count);
        var groups = Enumerable.Range(0, columns)
            .Select(c => steps.Skip(c * steps.Count / columns).Take((c + 1) * steps.Count / columns - c * steps.Count / columns).ToList())
            .ToList();
        var parts = steps.SelectMany(s => s.Seconds.Keys).Distinct().ToList();
        return new BarFigure
        {
            Title = "Seconds of a step, by part",
            XTitle = "steps, up to",
            YTitle = "s",
            Stacked = true,
            Places = [.. groups.Select(group => $"{group[^1].Step}")],
            Series = [.. parts.Select((part, k) =>
                new Bars(part, [.. groups.Select(group => group.Average(s => s.Seconds.GetValueOrDefault(part)))], Palette.At(k)))],
        };
    }

    /// <summary>All plots that have something to show.</summary>
    public IReadOnlyList<Figure> All() =>
    [
        Loss(), .. _run.Validation.Count > 0 ? [Validation()] : Array.Empty<Figure>(),
        LossByTimestep(), .. _run.Job is null ? [] : Trained.Select(Timesteps), LearningRate(), GradientNorm(), Memory(), Seconds(),
    ];

    private LineFigure Course(string title, string unit, Func<StepRecord, double> value) => InTurns(new LineFigure
    {
        Title = title,
        XTitle = "step",
        YTitle = unit,
        Readings = [.. Trained.Select((expert, k) => (expert.Title(), k, -1))],
        Lines = [.. Trained.Select(expert => Measured(expert, value))],
    });

    // Where the experts take turns, a line ends with its expert's turn, and the ground says whose turn it is.
    private LineFigure InTurns(LineFigure figure)
    {
        var turns = new List<(Expert Expert, int First, int Last)>();
        foreach (var step in _run.Steps)
        {
            if (turns.Count > 0 && turns[^1].Expert == step.Expert) turns[^1] = turns[^1] with { Last = step.Step };
            else turns.Add((step.Expert, step.Step, step.Step));
        }
        if (turns.Count < 2 || _run.Steps.Count < LeastTurn * turns.Count) return figure;
        return figure with
        {
            DetailWidth = (double)ShownTurns * _run.Steps.Count / turns.Count,
            Shades = [.. Trained.Select(expert => new Shade(Palette.Of(expert),
                [.. turns.Where(turn => turn.Expert == expert).Select(turn => (turn.First - 0.5, turn.Last + 0.5))]))],
            Lines = [.. figure.Lines.Select(line => line with { Bridged = 1 })],
        };
    }

    private Line Measured(Expert expert, Func<StepRecord, double> value)
    {
        var steps = _run.Steps.Where(step => step.Expert == expert).ToList();
        return new Line(expert.Title(), [.. steps.Select(s => (double)s.Step)], [.. steps.Select(value)], Palette.Of(expert));
    }

    private Line Smoothed(Expert expert)
    {
        var raw = Measured(expert, step => step.Loss);
        return raw with { Y = Smoothing.Mean(raw.Y, Span) };
    }
}
