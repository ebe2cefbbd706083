using WanLab.Torch;

namespace WanLab.Cli.Planning;

/// <summary>Whether the device that a job names is there.</summary>
internal static class DeviceCheck
{
    /// <summary>The problem with a job's device, with its key; null if the job can be trained on it here.</summary>
    public static string? Problem(string device)
    {
        try
        {
            Device.Parse(device);
            return null;
        }
        catch (WanLabException e)
        {
            return $"job.device: {e.Message}";
        }
    }
}
