namespace WanLab.Torch;

/// <summary>An operation that libtorch refused; the message is libtorch's own.</summary>
public class TorchException(string message) : Exception(message);

/// <summary>A failed allocation on the host or on a device.</summary>
internal sealed class TorchOutOfMemoryException(string message) : TorchException(message);
