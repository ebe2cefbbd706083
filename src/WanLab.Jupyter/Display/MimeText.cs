namespace WanLab.Jupyter.Display;

/// <summary>A text that is already in the form it is to be shown in.</summary>
/// <param name="MimeType">The form.</param>
/// <param name="Text">The text.</param>
internal sealed record MimeText(string MimeType, string Text);
