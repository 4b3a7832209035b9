"""Writes the reference case of the family studio_unet with PyTorch alone: run it from this folder."""
import json
import os
import sys

import torch
from safetensors.torch import save_file
from torch.nn import functional as F


def main(folder):
    torch.manual_seed(11)
    torch.set_num_threads(1)
    base, depth, channels, side, classes = 4, 2, 3, 16, 3
    weights = {}

    def convolution(name, cin, cout, k=3):
        weights[name + ".weight"] = torch.randn(cout, cin, k, k) * (2 / (cin * k * k)) ** 0.5
        weights[name + ".bias"] = torch.randn(cout) * 0.1

    for i in range(depth):
        convolution(f"encoder.{i}.first", channels if i == 0 else base << (i - 1), base << i)
        convolution(f"encoder.{i}.second", base << i, base << i)
    convolution("middle.first", base << (depth - 1), base << depth)
    convolution("middle.second", base << depth, base << depth)
    for i in reversed(range(depth)):
        convolution(f"decoder.{i}.up", 2 * (base << i), base << i)
        convolution(f"decoder.{i}.first", 2 * (base << i), base << i)
        convolution(f"decoder.{i}.second", base << i, base << i)
    convolution("head", base, classes, 1)
    for w in weights.values():
        w.requires_grad_(True)

    def conv(name, x):
        w = weights[name + ".weight"]
        return F.conv2d(x, w, weights[name + ".bias"], padding=w.shape[2] // 2)

    def twice(name, x):
        return F.silu(conv(name + ".second", F.silu(conv(name + ".first", x))))

    x = torch.randn(2, channels, side, side)
    labels = torch.randint(0, classes, (2, side, side))
    labels[0, 0, :5] = -100
    states, seen, h = [], [], x
    for i in range(depth):
        h = twice(f"encoder.{i}", h)
        states.append(h)
        seen.append(h)
        h = F.avg_pool2d(h, 2)
    h = twice("middle", h)
    states.append(h)
    for i in reversed(range(depth)):
        larger = conv(f"decoder.{i}.up", F.interpolate(h, scale_factor=2, mode="nearest"))
        h = twice(f"decoder.{i}", torch.cat([seen.pop(), larger], 1))
        states.append(h)
    logits = conv("head", h)
    loss = F.cross_entropy(logits, labels)
    loss.backward()

    os.makedirs(folder, exist_ok=True)
    save_file({k: v.detach().contiguous() for k, v in weights.items()}, f"{folder}/model.safetensors")
    out = {"pixel_values": x, "labels": labels, "logits": logits.detach()}
    for n, state in enumerate(states):
        out[f"hidden_states.{n}"] = state.detach()
    save_file({k: v.contiguous() for k, v in out.items()}, f"{folder}/expected.safetensors")
    config = {
        "architectures": ["StudioUNetForImageSegmentation"],
        "model_type": "studio_unet",
        "base_channels": base,
        "depth": depth,
        "image_size": side,
        "num_channels": channels,
        "id2label": {str(i): f"class {i}" for i in range(classes)},
        "initializer_range": 0.1,
    }
    with open(f"{folder}/config.json", "w") as f:
        json.dump(config, f, indent=1)
    expected = {
        "reference": f"torch {torch.__version__} functional, float32",
        "loss": loss.item(),
        "grad_norms": {k: v.grad.norm().item() for k, v in weights.items()},
        "tolerance": {
            "logits_atol": 1e-4,
            "hidden_atol": 1e-4,
            "loss_atol": 1e-5,
            "grad_norm_rtol": 1e-3,
            "grad_norm_atol": 1e-6,
        },
    }
    with open(f"{folder}/expected.json", "w") as f:
        json.dump(expected, f, indent=1)


main(sys.argv[1] if len(sys.argv) > 1 else "selfmade/studio_unet")
