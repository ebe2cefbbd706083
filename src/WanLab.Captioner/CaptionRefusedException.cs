namespace WanLab.Captioner;

/// <summary>A clip got no caption; the others may.</summary>
internal sealed class CaptionRefusedException(string message) : WanLabException(message);
