"""Safetensors files, read and written with NumPy alone: an 8-byte length, a JSON header, the raw values."""

import json
import struct

import numpy as np
import torch

_TYPES = {"F32": np.float32, "I64": np.int64}


def read(path):
    """Returns the tensors of a file by name, in the file's order."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    body = memoryview(data)[8 + length:]
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        values = np.frombuffer(body[start:end], dtype=_TYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def write(path, tensors):
    """Writes tensors by name, in the order given. The header is padded with spaces to a multiple of 8 bytes."""
    names = {np.dtype(kind): name for name, kind in _TYPES.items()}
    header, values, offset = {}, [], 0
    for name, tensor in tensors.items():
        array = np.ascontiguousarray(tensor.detach().numpy())
        end = offset + array.nbytes
        header[name] = {"dtype": names[array.dtype], "shape": list(array.shape), "data_offsets": [offset, end]}
        values.append(array.tobytes())
        offset = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(values))
