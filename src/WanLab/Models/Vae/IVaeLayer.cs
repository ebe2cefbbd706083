namespace WanLab.Models.Vae;

/// <summary>
/// A step of the encoder or decoder, from activations to activations: [F, C, H, W] with F = T * B frames, time outermost
/// (frame t of clip b is row t * B + b), channels innermost in memory. So a run of frames is one piece of memory for any
/// batch size, and a convolution over time is a sum of 2D convolutions over shifted runs.
/// </summary>
internal interface IVaeLayer
{
    /// <summary>Computes the next chunk of a clip, given what the cache keeps of the previous chunks.</summary>
    Tensor Forward(Tensor x, FeatureCache cache);
}

/// <summary>Runs layers one after another.</summary>
internal static class VaeLayers
{
    /// <summary>Runs the layers; each layer's input is freed as soon as its output is there, except the first one (the caller's).</summary>
    public static Tensor Forward(this IEnumerable<IVaeLayer> layers, Tensor input, FeatureCache cache)
    {
        var x = input;
        foreach (var layer in layers)
        {
            var y = layer.Forward(x, cache);
            if (x != input) x.Dispose();
            x = y;
        }
        return x;
    }
}
