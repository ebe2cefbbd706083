using WanLab.Curation.Editing;
using WanLab.Curation.Editing.Applying;
using WanLab.Media;

namespace WanLab.Curation.Tests.Editing.Applying;

/// <summary>A folder of originals and one to write to.</summary>
internal sealed class ApplyFolder : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FixedTime _time = new();

    public ApplyFolder() => Directory.CreateDirectory(Clips);

    public string Clips => _folder["clips"];

    public string New => _folder["new"];

    public string At(string name) => Path.Combine(Clips, name);

    public string Made(string name) => Path.Combine(New, name);

    /// <summary>Makes an edit of a clip.</summary>
    public void Edit(string clip, Func<ClipCuration, MediaFacts, ClipCuration> edit)
    {
        var (book, facts) = (Book(), VideoProbe.Probe(At(clip)));
        book.Change(clip, book.State.Revision, now => edit(now, facts));
    }

    public void Change(string clip, Func<ClipCuration, ClipCuration> edit)
    {
        var book = Book();
        book.Change(clip, book.State.Revision, edit);
    }

    public ApplyPlan Plan(bool lossless = false) =>
        ApplyPlanner.Plan(Book(), New, new ApplyOptions { Lossless = lossless }, file => VideoProbe.Probe(file));

    public ApplyResult Apply(bool lossless = false, IProgress<ApplyProgress>? progress = null, CancellationToken cancellation = default) =>
        ApplyRun.Run(Plan(lossless), _time, progress, cancellation);

    public CurationBook Book(string? folder = null) => CurationBook.Open(folder ?? Clips, _time);

    /// <summary>Names of the new folder's files, without the record.</summary>
    public string[] Names() => [.. Directory.EnumerateFileSystemEntries(New).Select(path => Path.GetFileName(path))
        .Where(name => name is not ("curation.json" or ".curation.lock")).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();
}
