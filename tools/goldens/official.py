"""Imports the official Wan 2.2 modules from a checkout, on a CPU and in float32, with PyTorch and NumPy alone.

Nothing of the official code is copied or changed. The packages it imports that play no part in the numbers (base classes
of diffusers, progress bars, tokenizers, distribution over GPUs) get stand-ins here, so the numbers depend on no version
of them. Two stand-ins compute: attention, because flash attention runs on a GPU in half precision only, and einops'
rearrange, for the few patterns that the VAE uses.
"""

import enum
import functools
import importlib
import inspect
import math
import re
import sys
import types
from pathlib import Path

import torch


def load(checkout):
    """Returns a namespace with the official modules: model, vae, t5, unipc, dpm, image2video."""
    root = Path(checkout) / "wan"
    if not (root / "modules" / "model.py").is_file():
        raise SystemExit(f"error: {checkout} is no checkout of Wan2.2: wan/modules/model.py is missing")
    _stand_ins()
    for package in ("wan", "wan.modules", "wan.utils"):  # packages without their __init__, which imports every model
        _module(package).__path__ = [str(root.joinpath(*package.split(".")[1:]))]
    official = types.SimpleNamespace()
    if not hasattr(torch.nn.functional, "scaled_dot_product_attention"):  # the VAE calls it; PyTorch has it since 2.0
        torch.nn.functional.scaled_dot_product_attention = softmax_attention
    torch.cuda.current_device = lambda: 0  # t5.py asks for it when it is imported, for a default that is not used here
    for name, module in {
        "model": "wan.modules.model",
        "vae": "wan.modules.vae2_1",
        "t5": "wan.modules.t5",
        "unipc": "wan.utils.fm_solvers_unipc",
        "dpm": "wan.utils.fm_solvers",
        "image2video": "wan.image2video",
    }.items():
        setattr(official, name, importlib.import_module(module))
    official.model.flash_attention = attention
    return official


def attention(q, k, v, k_lens=None, window_size=(-1, -1)):
    """Attention in float32 over whole sequences. Shapes are [batch, tokens, heads, head size]."""
    if window_size != (-1, -1) or (k_lens is not None and any(n != k.size(1) for n in k_lens.tolist())):
        raise NotImplementedError("only full attention without padding")
    return softmax_attention(*(x.transpose(1, 2) for x in (q, k, v))).transpose(1, 2).contiguous()


def softmax_attention(q, k, v):
    """Plain attention. Shapes are [batch, heads, tokens, head size]."""
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))
    return torch.softmax(scores, dim=-1) @ v


def rearrange(x, pattern, **sizes):
    """einops.rearrange for patterns of names and groups in parentheses, such as '(b t) c -> b c t'."""
    left, right = (re.findall(r"\([^)]*\)|\w+", side) for side in pattern.split("->"))
    for group, size in zip(left, x.shape):
        names = group.strip("()").split()
        known = math.prod(sizes[n] for n in names if n in sizes)
        sizes |= {n: size // known for n in names if n not in sizes}
    names = [n for group in left for n in group.strip("()").split()]
    order = [n for group in right for n in group.strip("()").split()]
    x = x.reshape([sizes[n] for n in names]).permute([names.index(n) for n in order])
    return x.reshape([math.prod(sizes[n] for n in group.strip("()").split()) for group in right])


def _module(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], child, module)
    return module


class _ConfigMixin:
    def register_to_config(self, **values):
        self.config = types.SimpleNamespace(**{**getattr(self, "config", types.SimpleNamespace()).__dict__, **values})


def _register_to_config(init):
    @functools.wraps(init)
    def wrapped(self, *args, **kwargs):
        bound = inspect.signature(init).bind(self, *args, **kwargs)
        bound.apply_defaults()
        self.register_to_config(**{k: v for k, v in bound.arguments.items() if k != "self"})
        init(self, *args, **kwargs)

    return wrapped


def _stand_ins():
    class ModelMixin(torch.nn.Module):
        pass

    class SchedulerMixin:
        pass

    class Schedulers(enum.Enum):
        pass

    _module("diffusers")
    _module("diffusers.configuration_utils", ConfigMixin=_ConfigMixin, register_to_config=_register_to_config)
    _module("diffusers.models")
    _module("diffusers.models.modeling_utils", ModelMixin=ModelMixin)
    _module("diffusers.schedulers")
    _module("diffusers.schedulers.scheduling_utils", KarrasDiffusionSchedulers=Schedulers, SchedulerMixin=SchedulerMixin,
            SchedulerOutput=None)
    _module("diffusers.utils", deprecate=None, is_scipy_available=lambda: False)
    _module("diffusers.utils.torch_utils", randn_tensor=None)
    _module("einops", rearrange=rearrange)
    _module("tqdm", tqdm=lambda items: items)
    _module("torchvision")
    _module("torchvision.transforms")
    _module("torchvision.transforms.functional", to_tensor=lambda image: image)
    _module("wan")
    _module("wan.modules")
    _module("wan.modules.tokenizers", HuggingfaceTokenizer=None)
    _module("wan.distributed")
    _module("wan.distributed.fsdp", shard_model=None)
    _module("wan.distributed.sequence_parallel", sp_attn_forward=None, sp_dit_forward=None)
    _module("wan.distributed.util", get_world_size=lambda: 1)
