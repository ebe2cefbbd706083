"""The golden cases. Each draws weights and inputs, and computes the outputs from them with the official code.

A case is (draw, compute): draw(official, config, generator) returns weights and inputs by name; compute(official, config,
tensors) returns outputs by name and may fill in facts that the configuration records, such as losses and timesteps.
Names start with w., high., low. or vae. for weights, in. for inputs, out., mid., grad. and after3. for expected values.
"""

import functools
import types
from unittest import mock

import torch

LINEARS = [f"{a}_attn.{p}" for a in ("self", "cross") for p in "qkvo"] + ["ffn.0", "ffn.2"]


def uniform(generator, *shape):
    """Values in [-1, 1)."""
    return torch.rand(*shape, generator=generator) * 2 - 1


def normal(generator, *shape):
    """Normal values."""
    return torch.randn(*shape, generator=generator)


def part(tensors, prefix):
    """The tensors whose names start with a prefix, under the rest of their names."""
    return {name[len(prefix):]: tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def drawn(make, prefix, generator):
    """Small random weights for a module: no parameter stays at the zero or one that it is made with."""
    with torch.random.fork_rng():
        torch.manual_seed(int(torch.randint(2**31, (1,), generator=generator)))
        weights = make().state_dict()
    return {prefix + name: (w + 0.05 * normal(generator, *w.shape)).contiguous() for name, w in weights.items()}


def loaded(module, weights):
    """The module with these weights, frozen and in evaluation mode."""
    module.load_state_dict(weights)
    return module.eval().requires_grad_(False)


# --- transformer ----------------------------------------------------------------------------------------------

TRANSFORMER = {
    "kind": "wan-transformer",
    "model": {"model_type": "i2v", "in_dim": 36, "out_dim": 16, "dim": 96, "ffn_dim": 160, "freq_dim": 64, "text_dim": 48,
              "num_heads": 2, "num_layers": 2, "text_len": 24},
    "grid": [3, 4, 6],
    "timesteps": [937, 412],
    "lora": {"rank": 4, "alpha": 8, "scale": 2.0},
    "train": {"t": 937, "losses": [], "optimizer": "AdamW lr 1e-3 betas .9/.999 eps 1e-8 wd 1e-4", "steps": 3},
}


def transformer_draw(official, config, generator):
    model, (f, h, w) = config["model"], config["grid"]
    tensors = drawn(lambda: official.model.WanModel(**model), "w.", generator)
    tensors["in.x"] = normal(generator, model["out_dim"], f, 2 * h, 2 * w)
    tensors["in.y"] = normal(generator, model["in_dim"] - model["out_dim"], f, 2 * h, 2 * w)
    tensors["in.context"] = normal(generator, 13, model["text_dim"])
    tensors["in.noise"] = normal(generator, model["out_dim"], f, 2 * h, 2 * w)
    rank = config["lora"]["rank"]
    for layer in range(model["num_layers"]):
        for linear in LINEARS:
            out, inner = tensors[f"w.blocks.{layer}.{linear}.weight"].shape
            tensors[f"lora.blocks.{layer}.{linear}.A"] = 0.1 * normal(generator, rank, inner)
            tensors[f"lora.blocks.{layer}.{linear}.B"] = 0.1 * normal(generator, out, rank)
    return tensors


def transformer_compute(official, config, tensors):
    model = loaded(official.model.WanModel(**config["model"]), part(tensors, "w."))
    tokens = config["grid"][0] * config["grid"][1] * config["grid"][2]
    x, y, context, noise = (tensors[f"in.{name}"] for name in ("x", "y", "context", "noise"))
    run = functools.partial(model, context=[context], seq_len=tokens, y=[y])
    out = {}
    for k, t in enumerate(config["timesteps"]):
        watched = {name: getattr(model, name) for name in
                   ("patch_embedding", "time_embedding", "time_projection", "text_embedding")}
        watched |= {f"block{layer}": block for layer, block in enumerate(model.blocks)}
        seen = {}
        hooks = [module.register_forward_hook(lambda _, __, result, name=name: seen.update({name: result.clone()}))
                 for name, module in watched.items()]
        with torch.no_grad():
            out[f"out.t{k}"] = run([x], torch.tensor([t]))[0]
        for hook in hooks:
            hook.remove()
        out |= {f"mid.t{k}.{name}": seen[name] for name in watched}
    return out | train(config, part(tensors, "lora."), model, run, x, noise)


def train(config, lora, model, run, x, noise):
    """The LoRA's prediction and gradients before the first update, and its weights after the last."""
    lora = {name: tensor.clone().requires_grad_() for name, tensor in lora.items()}
    for name in [name[:-2] for name in lora if name.endswith(".A")]:
        down, up = lora[f"{name}.A"], lora[f"{name}.B"]
        model.get_submodule(name).register_forward_hook(
            lambda _, inputs, result, down=down, up=up: result + config["lora"]["scale"] * (inputs[0] @ down.T @ up.T))
    sigma = config["train"]["t"] / 1000
    optimizer = torch.optim.AdamW(lora.values(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-4)
    out, losses = {}, []
    for step in range(config["train"]["steps"]):
        optimizer.zero_grad()
        prediction = run([(1 - sigma) * x + sigma * noise], torch.tensor([config["train"]["t"]]))[0]
        loss = torch.nn.functional.mse_loss(prediction, noise - x)
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            out["out.lora_pred"] = prediction.detach()
            out |= {f"grad.{name}": tensor.grad.clone() for name, tensor in lora.items()}
        optimizer.step()
    config["train"]["losses"] = losses
    return out | {f"after{len(losses)}.{name}": tensor.detach() for name, tensor in lora.items()}


# --- rotary embedding -----------------------------------------------------------------------------------------

ROPE = {"kind": "rope", "head_dim": 128, "grid": [3, 4, 5], "layout": "[batch, tokens, heads, head_dim]"}


def rope_draw(official, config, generator):
    f, h, w = config["grid"]
    return {"in.x": normal(generator, 1, f * h * w, 3, config["head_dim"])}


def rope_compute(official, config, tensors):
    d = config["head_dim"]
    axes = [official.model.rope_params(1024, n) for n in (d - 4 * (d // 6), 2 * (d // 6), 2 * (d // 6))]
    return {"out.y": official.model.rope_apply(tensors["in.x"], torch.tensor([config["grid"]]), torch.cat(axes, dim=1))}


# --- VAE ------------------------------------------------------------------------------------------------------

VAE = {
    "kind": "wan-vae",
    "model": {"dim": 8, "z_dim": 16, "dim_mult": [1, 2, 4, 4], "num_res_blocks": 2,
              "temporal_downsample": [False, True, True]},
    "frames": [1, 5, 13],
    "note": "latents are posterior mean, normalised (z-mean)/std; out.condition = encode(first frame then zeros) of the "
            "longest clip; decoded is clamped to [-1,1]",
}


def vae_module(official, model):
    model = {**VAE["model"], **model}
    return official.vae.WanVAE_(dim=model["dim"], z_dim=model["z_dim"], dim_mult=model["dim_mult"],
                                num_res_blocks=model["num_res_blocks"], attn_scales=[],
                                temperal_downsample=model["temporal_downsample"])


def vae_open(official, model, weights):
    """The official wrapper, which holds the means and deviations of the latent, around a module with these weights."""
    module = loaded(vae_module(official, model), weights)
    with mock.patch.object(official.vae, "_video_vae", lambda **_: module):
        return official.vae.Wan2_1_VAE(z_dim=model["z_dim"], device="cpu")


def vae_draw(official, config, generator):
    tensors = drawn(lambda: vae_module(official, config["model"]), "w.", generator)
    return tensors | {f"in.video{n}": uniform(generator, 1, 3, n, 32, 48) for n in config["frames"]}


def vae_compute(official, config, tensors):
    vae = vae_open(official, config["model"], part(tensors, "w."))
    out = {}
    for frames in config["frames"]:
        latent = vae.encode(tensors[f"in.video{frames}"])[0].unsqueeze(0)
        out[f"out.latent{frames}"] = latent
        out[f"out.decoded{frames}"] = vae.decode(latent)[0].unsqueeze(0)
    still = tensors[f"in.video{max(config['frames'])}"].clone()
    still[:, :, 1:] = 0
    return out | {"out.condition": vae.encode(still)[0].unsqueeze(0)}


# --- text encoder ---------------------------------------------------------------------------------------------

UMT5 = {
    "kind": "umt5-encoder",
    "model": {"vocab": 300, "dim": 32, "dim_attn": 32, "dim_ffn": 80, "num_heads": 4, "num_layers": 3, "num_buckets": 32,
              "shared_pos": False},
    "lens": [19, 40, 7],
    "note": "hidden is zeroed where mask is 0",
}


def umt5_draw(official, config, generator):
    tensors = drawn(lambda: official.t5.T5Encoder(**config["model"]), "w.", generator)
    mask = torch.tensor([[int(k < n) for k in range(max(config["lens"]))] for n in config["lens"]])
    ids = torch.randint(1, config["model"]["vocab"], mask.shape, generator=generator)
    return tensors | {"in.ids": ids * mask, "in.mask": mask}


@torch.no_grad()
def umt5_compute(official, config, tensors):
    encoder = loaded(official.t5.T5Encoder(**config["model"]), part(tensors, "w."))
    return {"out.hidden": encoder(tensors["in.ids"], tensors["in.mask"]) * tensors["in.mask"].unsqueeze(-1)}


# --- solvers --------------------------------------------------------------------------------------------------

SOLVERS = {
    "kind": "solvers",
    "runs": [{"solver": solver, "steps": steps, "shift": shift} for solver, steps, shift in (
        ("unipc", 40, 5.0), ("unipc", 25, 5.0), ("unipc", 8, 3.0), ("dpm++", 40, 5.0), ("dpm++", 10, 5.0))],
    "velocity": "v = 0.3 x + 0.7 t/1000 - 0.2 + 0.1 sin(3 x), t the integer timestep",
}


def scheduler(official, solver, steps, shift):
    """The official scheduler, made and set as its image-to-video program does."""
    if solver == "unipc":
        made = official.unipc.FlowUniPCMultistepScheduler(num_train_timesteps=1000, shift=1, use_dynamic_shifting=False)
        made.set_timesteps(steps, device="cpu", shift=shift)
        return made
    made = official.dpm.FlowDPMSolverMultistepScheduler(num_train_timesteps=1000, shift=1, use_dynamic_shifting=False)
    official.dpm.retrieve_timesteps(made, device="cpu", sigmas=official.dpm.get_sampling_sigmas(steps, shift))
    return made


def solvers_draw(official, config, generator):
    return {f"in.x{k}": normal(generator, 1, 4, 2, 3, 3) for k in range(len(config["runs"]))}


def solvers_compute(official, config, tensors):
    out = {}
    for k, run in enumerate(config["runs"]):
        made = scheduler(official, **run)
        x, samples = tensors[f"in.x{k}"], []
        for t in made.timesteps:
            velocity = 0.3 * x + 0.7 * (t / 1000) - 0.2 + 0.1 * torch.sin(3 * x)
            x = made.step(velocity, t, x, return_dict=False)[0]
            samples.append(x)
        out[f"out.sigmas{k}"] = made.sigmas.float()
        out[f"out.timesteps{k}"] = made.timesteps.to(torch.int64)
        out[f"out.x{k}"] = torch.cat(samples)
    return out


# --- image to video -------------------------------------------------------------------------------------------

PIPELINE = {
    "kind": "i2v-pipeline",
    "model": {"model_type": "i2v", "in_dim": 36, "out_dim": 16, "dim": 72, "ffn_dim": 96, "freq_dim": 32, "text_dim": 24,
              "num_heads": 2, "num_layers": 2, "text_len": 12},
    "vae": {"dim": 8, "z_dim": 16},
    "frames": 9,
    "steps": 6,
    "shift": 5.0,
    "guidance": {"low": 3.5, "high": 3.5},
    "boundary": 900,
    "solver": "unipc",
    "experts": [],
    "timesteps": [],
}


def pipeline_draw(official, config, generator):
    tensors = {}
    for expert in ("high", "low"):
        tensors |= drawn(lambda: official.model.WanModel(**config["model"]), f"{expert}.", generator)
    tensors |= drawn(lambda: vae_module(official, config["vae"]), "vae.", generator)
    text = config["model"]["text_dim"]
    tensors["in.image"] = uniform(generator, 3, 32, 32)
    tensors["in.context"] = normal(generator, 9, text)
    tensors["in.negative"] = normal(generator, 5, text)
    tensors["in.noise"] = normal(generator, 16, (config["frames"] - 1) // 4 + 1, 4, 4)
    return tensors


class Pixels:
    """An image that is in [-1, 1] already: the program's own scaling to that range leaves it as it is."""

    def __init__(self, image):
        self.image = image

    def sub_(self, _):
        return self

    def div_(self, _):
        return self

    def to(self, _):
        return self.image


def pipeline_compute(official, config, tensors):
    """Runs the official program on a CPU, with the image, the encoded prompts and the noise handed to it."""
    record = types.SimpleNamespace(timesteps=[], experts=[], y=None, latent=None)
    conditional = tensors["in.context"]

    def expert(name):
        model = loaded(official.model.WanModel(**config["model"]), part(tensors, f"{name}."))

        def call(x, t, context, seq_len, y):
            if context[0] is conditional:
                record.timesteps.append(int(t.item()))
                record.experts.append(name)
                record.y = y[0]
            return model(x, t=t, context=context, seq_len=seq_len, y=y)

        return call

    vae = vae_open(official, config["vae"], part(tensors, "vae."))
    decode = vae.decode

    def decode_and_note(latents):
        record.latent = latents[0]
        return decode(latents)

    vae.decode = decode_and_note
    program = object.__new__(official.image2video.WanI2V)
    program.__dict__.update(
        device=torch.device("cpu"), rank=0, sp_size=1, t5_cpu=True, init_on_cpu=False, param_dtype=torch.float32,
        num_train_timesteps=1000, boundary=config["boundary"] / 1000, vae_stride=(4, 8, 8), patch_size=(1, 2, 2), vae=vae,
        text_encoder=lambda prompts, _: [conditional if prompts[0] == "prompt" else tensors["in.negative"]],
        high_noise_model=expert("high"), low_noise_model=expert("low"))
    _, h, w = tensors["in.image"].shape
    with mock.patch.object(torch, "randn", lambda *_, **__: tensors["in.noise"]):
        video = program.generate(
            "prompt", Pixels(tensors["in.image"]), max_area=h * w, frame_num=config["frames"], shift=config["shift"],
            sample_solver=config["solver"], sampling_steps=config["steps"],
            guide_scale=(config["guidance"]["low"], config["guidance"]["high"]), n_prompt="negative", seed=0,
            offload_model=False)
    config["experts"], config["timesteps"] = record.experts, record.timesteps
    return {"out.y": record.y, "out.latent": record.latent, "out.video": video}


CASES = {
    "transformer-tiny": (TRANSFORMER, transformer_draw, transformer_compute),
    "rope-head128": (ROPE, rope_draw, rope_compute),
    "vae-tiny": (VAE, vae_draw, vae_compute),
    "umt5-tiny": (UMT5, umt5_draw, umt5_compute),
    "solvers": (SOLVERS, solvers_draw, solvers_compute),
    "i2v-pipeline-tiny": (PIPELINE, pipeline_draw, pipeline_compute),
}
