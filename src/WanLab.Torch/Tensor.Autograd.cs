using WanLab.Torch.Interop;

namespace WanLab.Torch;

// Gradients.
public sealed unsafe partial class Tensor
{
    /// <summary>Whether backward computes a gradient for this tensor. Can be set on leaves.</summary>
    public bool RequiresGrad
    {
        get
        {
            int value;
            Native.Check(Native.wl_requires_grad(Handle, &value));
            return value != 0;
        }
        set => Native.Check(Native.wl_set_requires_grad(Handle, value ? 1 : 0));
    }

    /// <summary>The gradient accumulated so far, or null if there is none.</summary>
    public Tensor? Grad
    {
        get
        {
            nint grad;
            Native.Check(Native.wl_get_grad(Handle, &grad));
            return grad == 0 ? null : new Tensor(grad);
        }
    }

    /// <summary>Makes backward accumulate into the memory of <paramref name="grad"/>, of the same shape; null clears it.</summary>
    public void SetGrad(Tensor? grad)
    {
        if (grad is null)
        {
            Native.Check(Native.wl_set_grad(Handle, 0));
            return;
        }
        var held = false;
        try
        {
            grad.Handle.DangerousAddRef(ref held);
            Native.Check(Native.wl_set_grad(Handle, grad.Handle.DangerousGetHandle()));
        }
        finally
        {
            if (held) grad.Handle.DangerousRelease();
        }
    }

    /// <summary>Accumulates the gradients of the leaves; a scalar needs no <paramref name="gradient"/>.</summary>
    public void Backward(Tensor? gradient = null)
    {
        bool held = false, heldGradient = false;
        try
        {
            Handle.DangerousAddRef(ref held);
            gradient?.Handle.DangerousAddRef(ref heldGradient);
            nint root = Handle.DangerousGetHandle(), seed = gradient?.Handle.DangerousGetHandle() ?? 0;
            Native.Check(Native.wl_backward(&root, &seed, 1));
        }
        finally
        {
            if (held) Handle.DangerousRelease();
            if (heldGradient) gradient!.Handle.DangerousRelease();
        }
    }
}
