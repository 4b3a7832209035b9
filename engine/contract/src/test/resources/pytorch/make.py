"""Makes the PyTorch files of this folder and expected.safetensors (their numbers in float32).
Self-made for this project with torch 2.13.0:
    python make.py
The files refused_* ask for something to be run; they are only ever read as data here.
"""

import collections
import os
import pathlib

import torch
from safetensors.torch import save_file

here = pathlib.Path(__file__).parent
torch.manual_seed(3)
linear = torch.nn.Linear(3, 2)
weight = torch.arange(12.0).reshape(3, 4)

state = collections.OrderedDict()
state["a.weight"] = weight
state["a.turned"] = weight.t()
state["a.row"] = weight[1]
state["a.step"] = weight[:, 1::2]
state["b.f16"] = weight.half()
state["b.bf16"] = weight.bfloat16()
state["b.f64"] = weight.double() / 3
state["b.whole"] = torch.tensor(-7)
state["b.yes"] = torch.tensor([True, False])
state["b.small"] = torch.tensor([[1], [255]], dtype=torch.uint8)
state["b.signed"] = torch.tensor([-3, 3], dtype=torch.int8)
state["b.empty"] = torch.zeros(0, 5)
state["c.parameter"] = linear.weight
torch.save(state, here / "state.bin")
save_file({k: v.detach().float().clone().contiguous() for k, v in state.items()},
          here / "expected.safetensors")

kinds = {"f8": torch.ones(3).to(torch.float8_e4m3fn), "u16": torch.ones(2, dtype=torch.uint16),
         "complex": torch.ones(2, dtype=torch.complex64), "wide": torch.ones(1).expand(1000)}
torch.save(kinds, here / "kinds.pt")
torch.save({"model": linear.state_dict(), "epoch": 3, "rate": 0.1, "device": torch.device("cpu"),
            "dtype": torch.float16, "size": torch.Size([1, 2]), "large": 2 ** 40,
            "list": [torch.zeros(2), {"deep": torch.ones(1)}]}, here / "nested.pt")
torch.save(state, here / "legacy.bin", _use_new_zipfile_serialization=False)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)
        self.register_buffer("positions", torch.arange(4))
        self.blocks = torch.nn.ModuleList([torch.nn.Linear(2, 2) for _ in range(2)])
        self.sizes = [1, 2]

    def forward(self, x):
        x = self.linear(x)
        for block in self.blocks:
            x = block(x)
        return x + self.positions.sum() + torch.tensor([0.5, 0.25])


torch.jit.script(Network()).save(here / "script.pt")
torch.jit.trace(Network(), torch.ones(1, 3)).save(here / "traced.pt")


class Asks:
    def __init__(self, function, argument):
        self.function, self.argument = function, argument

    def __reduce__(self):
        return self.function, (self.argument,)


torch.save({"w": torch.zeros(2), "x": Asks(os.system, "echo ran > ran.txt")}, here / "refused_system.bin")
torch.save([Asks(eval, "1")], here / "refused_eval.bin")
torch.save(linear, here / "refused_module.pt")
