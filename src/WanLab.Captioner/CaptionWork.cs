using WanLab.Curation.Captioning;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Captioner;

/// <summary>A clip to ask about.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Facts">Its size and frames.</param>
/// <param name="Question">What is asked, without the form of the answer.</param>
/// <param name="Key">Hash of all that is asked.</param>
internal sealed record CaptionTask(CaptionedClip Clip, MediaFacts Facts, string Question, string Key);

/// <summary>The clips to ask about, and those that need no question.</summary>
/// <param name="Open">Clips to ask about.</param>
/// <param name="Answered">Number of clips that were asked about before.</param>
/// <param name="Captioned">Number of clips that are passed over because they have a caption.</param>
/// <param name="Problems">Clips that cannot be read.</param>
internal sealed record CaptionWork(IReadOnlyList<CaptionTask> Open, int Answered, int Captioned, IReadOnlyList<ClipProblem> Problems);

/// <summary>The progress of captioning.</summary>
/// <param name="Done">Clips that are done, in this run.</param>
/// <param name="Total">Clips to do, in this run.</param>
/// <param name="Clip">File name of the clip that was done last.</param>
/// <param name="Caption">Its draft; null where it failed.</param>
/// <param name="Left">Time that the others will take, from the pace so far.</param>
internal sealed record CaptionProgress(int Done, int Total, string Clip, string? Caption, TimeSpan Left);

/// <summary>The result of captioning.</summary>
/// <param name="Drafts">Drafts that were made.</param>
/// <param name="Problems">Clips without a draft, and why.</param>
/// <param name="TokensIn">Tokens of the questions, as the server counts them; 0 where it does not.</param>
/// <param name="TokensOut">Tokens of the answers.</param>
internal sealed record CaptionResult(int Drafts, IReadOnlyList<ClipProblem> Problems, long TokensIn, long TokensOut);
