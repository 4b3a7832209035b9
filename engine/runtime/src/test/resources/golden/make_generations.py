"""Makes selfmade/generations: greedy answers of encoder-decoders, as transformers generates them.

    python make_generations.py MODELS

MODELS/t5 and MODELS/whisper are golden models; t5_v1_1 is the self-made one beside this file. Needs
torch, transformers and safetensors (versions: selfmade/README.md); the project itself never does.
"""

import copy
import json
import sys
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file
from transformers import T5ForConditionalGeneration, WhisperForConditionalGeneration

HERE = Path(__file__).parent / "selfmade"
MODELS = Path(sys.argv[1])
# Whisper's rules: what must stand first, what may never stand, what may not begin.
WHISPER = {
    "whisper": {},
    "whisper_forced": {"forced_decoder_ids": [[1, 7], [2, 9]]},
    "whisper_suppressed": {"suppress_tokens": [95, 59], "begin_suppress_tokens": [33, 93]},
    "whisper_languages": {
        "forced_decoder_ids": [[1, None], [2, 9]],
        "lang_to_id": {"<|en|>": 20, "<|fr|>": 21, "<|de|>": 22},
        "task_to_id": {"transcribe": 9, "translate": 10},
        "no_timestamps_token_id": 11,
    },
    "whisper_french": {
        "language": "fr",
        "lang_to_id": {"<|en|>": 20, "<|fr|>": 21, "<|de|>": 22},
        "task_to_id": {"transcribe": 9, "translate": 10},
        "no_timestamps_token_id": 11,
        "is_multilingual": True,
    },
}


def text_answers(folder):
    model = T5ForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    case = load_file(folder / "expected.safetensors")
    for ids, mask in zip(case["input_ids"], case["attention_mask"]):
        alone = ids[: int(mask.sum())][None]
        made = model.generate(alone, max_new_tokens=20, do_sample=False, eos_token_id=None)
        yield made[0][1:].tolist()


def sound_answers(folder, rules):
    model = WhisperForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    model.generation_config.eos_token_id = None
    for name, value in rules.items():
        setattr(model.generation_config, name, copy.deepcopy(value))
    for features in load_file(folder / "expected.safetensors")["input_features"]:
        made = model.generate(features[None], max_new_tokens=12, do_sample=False)
        yield made[0].tolist()


def main():
    torch.set_num_threads(1)
    cases = {
        "t5": {"rules": {}, "answers": list(text_answers(MODELS / "t5"))},
        "t5_v1_1": {"rules": {}, "answers": list(text_answers(HERE / "t5_v1_1"))},
    }
    for name, rules in WHISPER.items():
        answers = list(sound_answers(MODELS / "whisper", rules))
        cases[name] = {"rules": rules, "answers": answers}
    out = HERE / "generations"
    out.mkdir(exist_ok=True)
    versions = {"transformers": transformers.__version__, "torch": torch.__version__}
    text = json.dumps({"self_made": True, "versions": versions, "cases": cases}, indent=1)
    (out / "expected.json").write_text(text + "\n")


main()
