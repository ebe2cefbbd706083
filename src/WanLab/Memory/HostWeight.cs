namespace WanLab.Memory;

/// <summary>A matrix, packed or not, that stays in host memory and is copied to the device for each use.</summary>
internal sealed class HostWeight : PackedWeight
{
    private readonly PackedWeight? _packed;
    private readonly Tensor? _plain;
    private readonly Device _device;

    /// <summary>Moves a packed matrix to the host.</summary>
    public HostWeight(PackedWeight packed, Device device)
        : base(packed.Shape, packed.DType) => (_packed, _device) = (packed.To(Device.Cpu), device);

    /// <summary>Moves an unpacked matrix to the host.</summary>
    public HostWeight(Tensor plain, Device device)
        : base(plain.Shape, plain.DType) => (_plain, _device) = (plain.To(Device.Cpu), device);

    public override IReadOnlyList<Tensor> Parts => _packed?.Parts ?? [_plain!];

    public override Tensor Unpack()
    {
        if (_packed is null) return _plain!.To(_device);
        using var scope = new TensorScope();
        return scope.Keep(_packed.To(_device).Unpack());
    }

    /// <summary>The same matrix for use on another device; it stays on the host.</summary>
    public override PackedWeight To(Device device) => _packed is null ? new HostWeight(_plain!, device) : new HostWeight(_packed, device);
}
