using System.Text.Json.Serialization;

namespace WanLab.Runs;

/// <summary>An item that a step trained on, so that a jump of the loss leads to a clip.</summary>
/// <param name="Dataset">Index of the item's dataset in the job, from 0.</param>
/// <param name="Clip">The clip's file name, with its chunk and mirroring if there are any.</param>
/// <param name="Start">Number of the window's first frame in the clip.</param>
/// <param name="CaptionDropped">Whether the item was trained without its caption.</param>
public sealed record TrainedItem(int Dataset, string Clip, int Start,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool CaptionDropped = false);
