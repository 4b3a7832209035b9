"""What every self-made reference case shares: weights, inputs, and a case on disk.

Used by make_references.py. Weights are random but large: linears 1/sqrt(in), norms off one, biases
off zero, so that a parameter that is dropped or swapped shows in the logits. What is stored is what a
model freshly loaded from the finished folder answers.
"""

import json
import math
import shutil
from pathlib import Path

import safetensors
import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig

OUT = Path(__file__).resolve().parent / "selfmade"
TOLERANCE = {
    "logits_atol": 1e-4, "logits_rtol": 1e-4, "hidden_atol": 1e-4,
    "loss_atol": 1e-5, "grad_norm_rtol": 1e-3, "grad_norm_atol": 1e-6,
}
NEW_TOKENS = 8
MASKED_ROWS = "logits and hidden states only where attention_mask == 1"
CLASSES = "all logits; hidden states only where attention_mask == 1"
CAUSAL_NOTE = (
    "loss = mean cross-entropy of logits[:, :-1] against labels[:, 1:], ignoring -100. "
    "hidden_states.i = input of layer i; the last one is what the head reads."
)
GENERATE_NOTE = (
    f"generate.output_ids: greedy, exactly {NEW_TOKENS} new tokens (eos suppressed), KV cache on; "
    "generate_min_margin is the smallest top-1/top-2 logit gap along the way."
)


# ------------------------------------------------------------------ weights

def fill(model, seed):
    """Random weights by role: the name of a parameter says what it is."""
    random = torch.Generator().manual_seed(seed)
    around_zero = type(model).__name__.startswith("Gemma")  # gemma's norms multiply by 1 + weight
    for name, parameter in model.named_parameters():
        values = torch.randn(parameter.shape, generator=random)
        with torch.no_grad():
            parameter.copy_(values * spread(name, parameter) + centre(name, parameter, around_zero))


def is_norm(name, parameter):
    return parameter.dim() == 1 and name.endswith("weight")


def centre(name, parameter, around_zero):
    return 1.0 if is_norm(name, parameter) and not around_zero else 0.0


def spread(name, parameter):
    if is_norm(name, parameter):
        return 0.2
    if parameter.dim() == 1:
        return 0.1
    if "relative_attention_bias" in name or "rel_embeddings" in name or "embed_positions" in name \
            or "position_embeddings" in name or "token_type" in name:
        return 0.5
    sharp = any(part in name for part in ("q_proj", "k_proj", "q_lin", "k_lin", "query", "key"))
    return (1.5 if sharp else 1.0) / math.sqrt(parameter.shape[1])


# ------------------------------------------------------------------ inputs

def tokens(seed, rows, length, vocabulary, lengths, first=6):
    """Right-padded ids (pad 0) and their mask; ids below `first` stand for special tokens."""
    random = torch.Generator().manual_seed(seed)
    ids = torch.randint(first, vocabulary, (rows, length), generator=random)
    mask = (torch.arange(length)[None, :] < torch.tensor(lengths)[:, None]).long()
    return ids * mask, mask


def causal_inputs(seed, config, length=12, lengths=(12, 8, 12)):
    ids, mask = tokens(seed, len(lengths), length, config.vocab_size, list(lengths))
    return {"input_ids": ids, "attention_mask": mask, "labels": ids.masked_fill(mask == 0, -100)}


def classification_inputs(seed, config, segments=False):
    ids, mask = tokens(seed, 3, 11, config.vocab_size, [11, 7, 9])
    ids[mask == 0] = config.pad_token_id
    inputs = {"input_ids": ids, "attention_mask": mask, "labels": torch.tensor([0, 2, 1])}
    if segments:
        inputs["token_type_ids"] = ((torch.arange(11)[None, :] >= 5) & (mask == 1)).long()
    return inputs


def masked_inputs(seed, config, mask_id=4, segments=False):
    """Every third token is hidden behind `mask_id`; only those have a label."""
    inputs = classification_inputs(seed, config, segments)
    hidden = (torch.arange(11)[None, :] % 3 == 1) & (inputs["attention_mask"] == 1)
    inputs["labels"] = inputs["input_ids"].masked_fill(~hidden, -100)
    inputs["input_ids"] = inputs["input_ids"].masked_fill(hidden, mask_id)
    return inputs


# ------------------------------------------------------------------ a case on disk

def version_four(config):
    """The config.json as transformers 4 wrote it: rope_theta and rope_scaling, torch_dtype."""
    rope = dict(config.pop("rope_parameters", None) or {})
    if rope:
        config["rope_theta"] = rope.pop("rope_theta")
        if "partial_rotary_factor" in rope:
            config["partial_rotary_factor"] = rope.pop("partial_rotary_factor")
        config["rope_scaling"] = None if rope["rope_type"] == "default" else rope
    for key in [k for k in config if k.startswith("_")]:
        del config[key]
    config["torch_dtype"] = config.pop("dtype", "float32")
    config["transformers_version"] = "4.57.6"
    return config


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def store(name, model, restyle=None, stored=None):
    """Writes config and weights; `restyle` edits config.json, `stored` the dictionary of tensors."""
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model.save_pretrained(folder)
    if restyle:
        write_json(folder / "config.json", restyle(json.loads((folder / "config.json").read_text())))
    if stored:
        tensors = stored(load_file(folder / "model.safetensors"))
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def load(model_class, folder):
    # transformers 5.18 looks for a tied weight that deberta's new head does not have; that head
    # takes the embedding as an argument, so nothing is lost by not tying.
    new_head = getattr(AutoConfig.from_pretrained(folder), "legacy", True) is False
    model, report = model_class.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True,
        **({"tie_word_embeddings": False} if new_head else {}))
    assert not report["missing_keys"], (folder, report["missing_keys"])
    assert not report["mismatched_keys"], (folder, report["mismatched_keys"])
    return model.eval()


def hidden_states(output):
    """The stacks of hidden states under the names the files use."""
    result = {}
    for stack in ("hidden_states", "encoder_hidden_states", "decoder_hidden_states"):
        for index, state in enumerate(getattr(output, stack, None) or ()):
            result[f"{stack}.{index}"] = state
    return result


def gradient_norms(folder, model, output):
    """Norms under the names of model.safetensors (in memory transformers renames some)."""
    output.loss.backward()
    stored = load_file(folder / "model.safetensors")
    norms = {}
    for name, p in model.named_parameters():
        norms[name_in_file(name, p, stored)] = 0.0 if p.grad is None else p.grad.double().norm().item()
        if p.grad is None or p.grad.norm() < 1e-4:
            print(f"  {folder.name}: {name} hardly matters")
    return norms


def name_in_file(name, parameter, stored):
    if name in stored:
        return name
    same = [n for n, t in stored.items()
            if t.shape == parameter.shape and torch.equal(t.to(parameter.dtype), parameter)]
    assert len(same) == 1, (name, same)
    return same[0]


def continuation(load_fresh, inputs):
    """Greedy tokens after a few of the first row, and the narrowest decision on the way.

    The longest prompt of at most six tokens whose decisions are all clear; a fresh model each time,
    because dynamic RoPE remembers the longest sequence it has seen.
    """
    for length in range(6, 2, -1):
        prompt = inputs["input_ids"][:1, :length]
        made = load_fresh().generate(
            prompt, attention_mask=torch.ones_like(prompt), do_sample=False,
            min_new_tokens=NEW_TOKENS, max_new_tokens=NEW_TOKENS,
            output_scores=True, return_dict_in_generate=True)
        margin = min((s.topk(2).values[0, 0] - s.topk(2).values[0, 1]).item() for s in made.scores)
        if margin > 0.02:
            return {"generate.input_ids": prompt, "generate.output_ids": made.sequences}, margin
    raise AssertionError("no clear continuation: choose another seed")


def finish(folder, model_class, inputs, compare, notes, generates=False, style="transformers 5"):
    """Loads the stored folder, asks it, and writes what it answered."""
    model = load(model_class, folder)
    output = model(**inputs, output_hidden_states=True)
    tensors = dict(inputs, logits=output.logits, **hidden_states(output))
    expected = {
        "self_made": True,
        "reference": f"transformers {transformers.__version__} {model_class.__name__} "
                     f"(eager attention), torch {torch.__version__} CPU float32",
        "loss": output.loss.item(),
        "num_parameters": model.num_parameters(),
        "config_style": style,
        "mode": "eval (no dropout)",
        "compare": compare,
        "tolerance": TOLERANCE,
        "versions": versions(),
        "grad_norms": gradient_norms(folder, model, output),
        "grad_norms_note": "L2 norm of d loss / d parameter (tied parameters appear once)",
        "notes": notes,
    }
    if generates:
        made, margin = continuation(lambda: load(model_class, folder), inputs)
        tensors.update(made)
        expected["generate_min_margin"] = margin
        expected["notes"] = notes + [GENERATE_NOTE]
    save_file({k: v.detach().clone().contiguous() for k, v in tensors.items()}, folder / "expected.safetensors",
              metadata={"format": "pt"})
    write_json(folder / "expected.json", expected)
    size = sum(f.stat().st_size for f in folder.iterdir())
    assert size < 300_000, (folder.name, size)
    print(f"{folder.name}: loss {expected['loss']:.4f}, {size} bytes, "
          f"margin {expected.get('generate_min_margin', float('nan')):.3f}")
    return output.logits.detach()


def versions():
    return {"torch": torch.__version__, "transformers": transformers.__version__,
            "safetensors": safetensors.__version__}


def causal(name, model_class, config, seed, notes=(), restyle=None, stored=None, **inputs):
    model = model_class(config)
    fill(model, seed)
    folder = store(name, model, restyle, stored)
    return finish(
        folder, model_class, causal_inputs(seed + 1, config, **inputs), MASKED_ROWS,
        [CAUSAL_NOTE, *notes], generates=True,
        style="transformers 4" if restyle else "transformers 5")


def encoder(name, model_class, config, seed, inputs, compare, notes=(), restyle=None, stored=None):
    model = model_class(config)
    fill(model, seed)
    folder = store(name, model, restyle, stored)
    return finish(folder, model_class, inputs, compare, list(notes),
                  style="transformers 4" if restyle else "transformers 5")
