using WanLab.Content;
using WanLab.Media;

namespace WanLab.Curation.Editing.Applying;

/// <summary>Carries a plan out. It can be stopped at any time and started again: what is done is found and not done twice.</summary>
internal static class ApplyRun
{
    /// <summary>Writes the clips and captions of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Receives the progress after each file.</param>
    /// <param name="cancellation">Stops the work; what is finished stays.</param>
    /// <exception cref="WanLabException">The plan has problems, the folder is somebody else's, or the disk is full.</exception>
    public static ApplyResult Run(ApplyPlan plan, TimeProvider time, IProgress<ApplyProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (plan.Problems.Count > 0) throw new WanLabException("The plan cannot be carried out:" + Listing.Lines(plan.Problems, 20));
        var hashes = new FileHashes();
        var folder = AppliedFolder.Open(plan, ProductVersion.Full, Ffmpeg.Version, hashes, time);
        var jobs = plan.Files.Select(file => Job.Of(file, plan.Options, hashes, cancellation)).ToList();
        Refuse(jobs.Where(job => !folder.Has(job.Name, job.Wanted) && !folder.MayReplace(job.Name)).Select(job => job.Name), plan);

        var (written, notes, kept) = (new List<string>(), new List<string>(), 0);
        var (start, spent) = (time.GetTimestamp(), 0.0);
        var left = jobs.Where(job => !folder.Has(job.Name, job.Wanted)).Sum(job => job.File.Work);
        for (var k = 0; k < jobs.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            var job = jobs[k];
            if (folder.Has(job.Name, job.Wanted)) kept++;
            else
            {
                folder.Put(job.Name, job.Wanted, unfinished => job.Write(unfinished, cancellation));
                written.Add(job.Name);
                (spent, left) = (spent + job.File.Work, left - job.File.Work);
            }
            progress?.Report(new ApplyProgress(k + 1, jobs.Count, job.Name,
                spent > 0 ? time.GetElapsedTime(start) * (left / spent) : null));
        }
        notes.AddRange(Captions(plan, folder, hashes));
        var wanted = plan.Files.SelectMany(file => (string?[])[file.Name, file.CaptionName]).OfType<string>().ToHashSet();
        var (removed, stay) = folder.Tidy(wanted);
        notes.AddRange(stay.Select(name => $"{name}: belongs to an earlier plan, but was changed since; it stays."));
        return new ApplyResult(written, kept, removed, notes);
    }

    private static void Refuse(IEnumerable<string> changed, ApplyPlan plan)
    {
        var names = changed.ToList();
        if (names.Count > 0)
            throw new WanLabException($"{plan.Target}: {Listing.Of(names, 3)} would be written over, and WanLab did not write it as it is "
                + "now. Move it away, or name another folder.");
    }

    // A caption that was changed in the new folder is newer than the original's, and stays.
    private static IEnumerable<string> Captions(ApplyPlan plan, AppliedFolder folder, FileHashes hashes)
    {
        foreach (var (name, caption) in plan.Files.Where(file => file.Caption is not null)
            .Select(file => (file.CaptionName!, file.Caption!)).Distinct())
        {
            var hash = hashes.Of(caption);
            var wanted = new AppliedFile { Sha256 = hash, Source = Path.GetFileName(caption), SourceSha256 = hash };
            if (folder.Has(name, wanted)) continue;
            if (folder.MayReplace(name)) folder.Put(name, wanted, unfinished => File.Copy(caption, unfinished));
            else yield return $"{name}: was changed in {plan.Target}; that caption stays, and not the original's is copied.";
        }
    }

    private sealed record Job(PlannedFile File, AppliedFile Wanted)
    {
        public string Name => File.Name;

        public static Job Of(PlannedFile file, ApplyOptions options, FileHashes hashes, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            var hash = hashes.Of(file.Source);
            return new Job(file, new AppliedFile
            {
                Sha256 = hash,
                Source = Path.GetFileName(file.Source),
                SourceSha256 = hash,
                Part = file.Part,
                Command = file.Part is null ? null : PartCommand.Of(file, ClipHeader.Of(file.Source, cancellation), options),
            });
        }

        public void Write(string unfinished, CancellationToken cancellation)
        {
            if (Wanted.Command is { } command) PartWriter.Write(File, command, unfinished, cancellation);
            else Copy(unfinished, cancellation);
        }

        private void Copy(string unfinished, CancellationToken cancellation)
        {
            using var source = System.IO.File.OpenRead(File.Source);
            using var target = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            var buffer = new byte[1 << 20];
            for (int count; (count = source.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                target.Write(buffer, 0, count);
            }
        }
    }
}
