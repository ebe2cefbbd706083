namespace WanLab.Notebooks.Figures;

/// <summary>Brings long lines down to what a picture can show, without losing their peaks.</summary>
internal static class Thinning
{
    /// <summary>Keeps the lowest and the highest point of every group of neighbours; a line that is short enough is unchanged.</summary>
    public static (IReadOnlyList<double> X, IReadOnlyList<double> Y) Of(IReadOnlyList<double> x, IReadOnlyList<double> y, int most = 2000)
    {
        if (x.Count <= most) return (x, y);
        var kept = new List<int>(most);
        var groups = most / 2;
        for (var g = 0; g < groups; g++)
        {
            var (from, to) = ((int)((long)g * x.Count / groups), (int)((long)(g + 1) * x.Count / groups));
            int low = from, high = from;
            for (var i = from; i < to; i++)
            {
                if (y[i] < y[low] || double.IsNaN(y[low])) low = i; // NaN is neither, and must not hide the others
                if (y[i] > y[high] || double.IsNaN(y[high])) high = i;
            }
            kept.Add(Math.Min(low, high));
            if (low != high) kept.Add(Math.Max(low, high));
        }
        return ([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);
    }
}
