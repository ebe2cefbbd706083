namespace WanLab.Torch;

/// <summary>libtorch refused an operation; the message is its own.</summary>
public class TorchException(string message) : Exception(message);

/// <summary>An allocation failed on the host or on a device.</summary>
public sealed class TorchOutOfMemoryException(string message) : TorchException(message);
