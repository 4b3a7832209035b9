"""Makes pytorch_model.bin here: the weights of ../../models/llama saved by torch (2.13.0)."""

import pathlib
import shutil

import torch
from safetensors.torch import load_file

here = pathlib.Path(__file__).parent
llama = here.parent.parent / "models" / "llama"
torch.save(load_file(llama / "model.safetensors"), here / "pytorch_model.bin")
shutil.copy(llama / "config.json", here / "config.json")
