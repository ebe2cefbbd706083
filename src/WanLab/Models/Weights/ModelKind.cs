namespace WanLab.Models.Weights;

/// <summary>The networks of Wan that have weight files.</summary>
internal enum ModelKind
{
    /// <summary>The diffusion transformer (one expert).</summary>
    Transformer,

    /// <summary>The video VAE.</summary>
    Vae,

    /// <summary>The UMT5 text encoder.</summary>
    TextEncoder,
}
