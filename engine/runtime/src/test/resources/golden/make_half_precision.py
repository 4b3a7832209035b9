"""Makes selfmade/half_precision/expected.json: adapters trained on 16-bit bases by PEFT.

    python make_half_precision.py GOLDEN

GOLDEN holds models/ and adapters/. Needs torch, transformers, peft and safetensors (versions:
selfmade/README.md); the project itself never does.
"""

import json
import sys
from pathlib import Path

import peft
import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

GOLDEN = Path(sys.argv[1])
OUT = Path(__file__).parent / "selfmade" / "half_precision"
CASES = {
    "llama": "adapters/llama/lora_all_linear",
    "mistral": "adapters/mistral/lora_default",
}
STEPS = 20


def trained(model, adapter, dtype):
    torch.manual_seed(0)
    base = AutoModelForCausalLM.from_pretrained(
        GOLDEN / "models" / model, dtype=dtype, attn_implementation="eager"
    )
    net = PeftModel.from_pretrained(base, GOLDEN / adapter, is_trainable=True).eval()
    batch = load_file(GOLDEN / adapter / "expected.safetensors")
    inputs = {k: batch[k] for k in ("input_ids", "attention_mask", "labels")}
    params = [p for p in net.parameters() if p.requires_grad]
    assert all(p.dtype == torch.float32 for p in params)
    optimizer = torch.optim.AdamW(params, lr=0.01, weight_decay=0.0)
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = net(**inputs).loss
        loss.backward()
        norms.append(torch.nn.utils.get_total_norm([p.grad for p in params]).item())
        optimizer.step()
        losses.append(loss.item())
    return {"losses": losses, "grad_norms": norms}


def main():
    torch.set_num_threads(1)
    OUT.mkdir(exist_ok=True)
    cases = {}
    for model, adapter in CASES.items():
        for name in ("float32", "bfloat16", "float16"):
            case = trained(model, adapter, getattr(torch, name))
            cases[f"{model}_{name}"] = {"base_model": f"models/{model}", "adapter": adapter} | case
            print(model, name, case["losses"][0], case["losses"][-1], case["grad_norms"][0])
    about = {"learning_rate": 0.01, "versions": {"torch": torch.__version__, "peft": peft.__version__}}
    (OUT / "expected.json").write_text(json.dumps(about | {"cases": cases}, indent=1) + "\n")


main()
