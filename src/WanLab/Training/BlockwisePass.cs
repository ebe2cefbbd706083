using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>
/// Forward and backward of one expert, block by block. Forward keeps each block's input and only the last
/// block's graph; backward recomputes one block at a time with a graph, so that activations need one block's memory plus one
/// input per block, at any depth. The base is frozen: only the adapter receives gradients.
/// </summary>
internal sealed class BlockwisePass
{
    private readonly WanTransformer _model;
    private readonly ILinearAdapter _adapter;
    private readonly TokenState _state;
    private readonly Tensor[] _inputs_BLD;

    private BlockwisePass(WanTransformer model, ILinearAdapter adapter, TokenState state, Tensor[] inputs, Tensor prediction)
    {
        (_model, _adapter, _state, _inputs_BLD) = (model, adapter, state, inputs);
        Prediction = prediction;
    }

    /// <summary>The predicted velocity, [B, 16, F, H, W]; carries the graph of the last block and the head.</summary>
    public Tensor Prediction { get; }

    /// <summary>Runs the model. The parameters are those of <see cref="WanTransformer.Prepare"/>.</summary>
    public static BlockwisePass Forward(WanTransformer model, Tensor x_BCFHW, Tensor y_BCFHW, Tensor t_B, Tensor text_BTD,
        ILinearAdapter adapter)
    {
        var last = model.Config.NumLayers - 1;
        var inputs = new Tensor[last + 1];
        TokenState state;
        using (GradMode.Off())
        {
            (inputs[0], state) = model.Prepare(x_BCFHW, y_BCFHW, t_B, text_BTD);
            for (var layer = 0; layer < last; layer++)
            {
                using var block = new TensorScope();
                inputs[layer + 1] = block.Keep(model.Block(layer, inputs[layer], state, adapter));
            }
        }
        inputs[last].RequiresGrad = last > 0;
        return new BlockwisePass(model, adapter, state, inputs, model.Head(model.Block(last, inputs[last], state, adapter), state));
    }

    /// <summary>Accumulates the adapter's gradients of a loss computed from <see cref="Prediction"/>. Call once.</summary>
    public void Backward(Tensor loss)
    {
        loss.Backward();
        for (var layer = _inputs_BLD.Length - 2; layer >= 0; layer--)
        {
            using var block = new TensorScope();
            using var gradient = _inputs_BLD[layer + 1].Grad!;
            _inputs_BLD[layer + 1].SetGrad(null);
            _inputs_BLD[layer].RequiresGrad = layer > 0; // nothing below the first block is trained
            var output = _model.Block(layer, _inputs_BLD[layer], _state, _adapter);
            if (output.RequiresGrad) output.Backward(gradient); // false if the first block has no adapted layer
        }
    }
}
