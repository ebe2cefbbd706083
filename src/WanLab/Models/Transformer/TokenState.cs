namespace WanLab.Models.Transformer;

/// <summary>Values that all blocks of one forward pass share. None of them needs a gradient when only adapters are trained.</summary>
/// <param name="Time_BD">Timestep embedding, float32; the head's modulation.</param>
/// <param name="Modulation_B6D">Shift, scale and gate of both halves of a block, float32, before a block adds its own.</param>
/// <param name="Text_BTD">Embedded text, padded to the model's text length.</param>
/// <param name="Rope">Rotary tables of the grid; not owned.</param>
/// <param name="Grid">Tokens over frames, rows and columns.</param>
internal sealed record TokenState(Tensor Time_BD, Tensor Modulation_B6D, Tensor Text_BTD, RotaryEmbedding Rope,
    (long F, long H, long W) Grid);
