namespace WanLab.Training;

/// <summary>The rule for a text that names a device.</summary>
internal sealed partial class DeviceNameAttribute : TextRuleAttribute
{
    public override string Words => "auto, cpu, or cuda:N";

    public override string Pattern => "^(auto|cpu|cuda(:[0-9]{1,3})?)$";

    public override string? Complaint(string text) =>
        Known().IsMatch(text) ? null : $"must be auto, cpu, or cuda:N such as cuda:0; not '{text}'";

    [GeneratedRegex(@"\A(?:auto|cpu|cuda(?::[0-9]{1,3})?)\z")]
    private static partial Regex Known();
}
