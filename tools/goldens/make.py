#!/usr/bin/env python3
"""Makes or checks the golden cases of tests/goldens with the official Wan 2.2 code. README.md in this folder has more.

    make.py CHECKOUT --check                  compute every case from its stored weights and inputs; compare, write nothing
    make.py CHECKOUT --out DIR                the same, and write the cases to DIR
    make.py CHECKOUT --out DIR --seed N       draw new weights and inputs first
"""

import argparse
import copy
import json
import sys
import warnings
from pathlib import Path

import numpy
import torch

import cases
import official
import tensor_file

STORED = Path(__file__).resolve().parents[2] / "tests" / "goldens"
TOLERANCE = 1e-5  # of an output's largest value; the tests allow WanLab 1e-4


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", help="folder of a checkout of Wan-Video/Wan2.2")
    parser.add_argument("--case", action="append", choices=list(cases.CASES), help="only this case (may be repeated)")
    parser.add_argument("--stored", type=Path, default=STORED, help="the cases to take weights and inputs from")
    parser.add_argument("--check", action="store_true", help="compare with the stored cases; exit with 1 on a difference")
    parser.add_argument("--out", type=Path, help="folder to write to")
    parser.add_argument("--seed", type=int, help="draw new weights and inputs instead of taking the stored ones")
    arguments = parser.parse_args()
    if arguments.check == bool(arguments.out) or (arguments.check and arguments.seed is not None):
        parser.error("give either --check, or --out DIR with or without --seed N")

    warnings.filterwarnings("ignore", message=".*CUDA.*")  # the official code asks for autocast on a GPU throughout
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    modules = official.load(arguments.checkout)
    print(f"PyTorch {torch.__version__}, NumPy {numpy.__version__}, Python {sys.version.split()[0]}")
    good = True
    for name in arguments.case or cases.CASES:
        config, tensors = make(modules, name, arguments)
        if arguments.check:
            good &= compare(name, arguments.stored, config, tensors)
        else:
            arguments.out.mkdir(parents=True, exist_ok=True)
            tensor_file.write(arguments.out / f"{name}.safetensors", tensors)
            (arguments.out / f"{name}.json").write_text(json.dumps(config, indent=1))
            print(f"{name}: {len(tensors)} tensors written")
    return 0 if good else 1


def make(modules, name, arguments):
    """Returns the configuration and all tensors of a case, in the stored file's order where it has them."""
    config, draw, compute = cases.CASES[name]
    config = copy.deepcopy(config)
    if arguments.seed is not None:
        given = draw(modules, config, torch.Generator().manual_seed(arguments.seed))
        return config, given | compute(modules, config, given)
    stored = tensor_file.read(arguments.stored / f"{name}.safetensors")
    given = {key: tensor for key, tensor in stored.items() if not key.startswith(("out.", "mid.", "grad.", "after"))}
    computed = compute(modules, config, given)
    order = dict.fromkeys([*stored, *computed])
    return config, {key: computed[key] if key in computed else given[key] for key in order if key in computed or key in given}


def compare(name, folder, config, tensors):
    """Prints how far a case is from the stored one, and returns whether it is the same within the tolerance."""
    stored = tensor_file.read(folder / f"{name}.safetensors")
    expected = json.loads((folder / f"{name}.json").read_text())
    faults = [f"{key} is missing" for key in stored.keys() ^ tensors.keys()]
    errors = {}
    for key in [key for key in stored if key in tensors]:
        old, new = stored[key].double(), tensors[key].double()
        if stored[key].dtype != tensors[key].dtype or old.shape != new.shape:
            faults.append(f"{key} is {tuple(new.shape)}, stored as {tuple(old.shape)}")
        else:
            errors[key] = float((old - new).abs().max() / old.abs().max().clamp(min=1e-30))
    faults += [f"{key} differs by {error:.1e}" for key, error in errors.items() if not error <= TOLERANCE]
    faults += [f"the configuration's {key} differs" for key in expected.keys() | config.keys()
               if not same(expected.get(key), config.get(key))]
    computed = [key for key in errors if key.startswith(("out.", "mid.", "grad.", "after"))]
    exact = sum(errors[key] == 0 for key in computed)
    print(f"{name}: {len(computed)} computed tensors, {exact} equal to the bit, largest difference "
          f"{max((errors[key] for key in computed), default=0):.1e} of the largest value")
    for fault in faults:
        print(f"  {fault}")
    return not faults


def same(old, new):
    """Whether two values of a configuration agree; numbers within the tolerance."""
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= TOLERANCE * abs(old)
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(same, old, new))
    return old == new


if __name__ == "__main__":
    sys.exit(main())
