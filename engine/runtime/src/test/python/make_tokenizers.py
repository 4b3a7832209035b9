"""Makes the two small tokenizers of src/test/resources/tokenizers and their expected ids.

Run in engine/runtime with tokenizers and transformers installed:
    python src/test/python/make_tokenizers.py
bytes/  a byte-level BPE with ChatML's special tokens, as GPT-2, Llama 3 and Qwen are built
pieces/ a BPE over "▁" pieces with byte fallback and a begin token, as Llama 2 and Mistral are built
"""

import json
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

OUT = Path(__file__).resolve().parents[1] / "resources" / "tokenizers"

TEXT = [
    "A small adapter learns a small task from a few rows of data.",
    "The user asks a question and the assistant answers it briefly.",
    "What is the capital of the country? The capital is a city.",
    "Add two and two: the answer is four. Subtract one: the answer is three.",
    "Write the record as JSON with name, colour and count.",
    "system user assistant INST SYS Instruction Response",
    "Grüße aus der Stadt, schöne Wörter mit Umlauten.",
] * 20

PROBES = [
    "", " ", "Hello", " Hello", "Hello world", "two  spaces", "line\nbreak\n\n", "\ttab", "Grüße, 世界 😀",
    "The answer is four.", "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n", "<s>Hi</s>",
    "a" * 700, "é e\u0301 ﬁ", "\u0000nul", "👩‍👩‍👧 family", "<|im_start|><|im_start|>", "mixed <s> in text",
]


def write(name, tokenizer, config):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    cases = []
    for text in PROBES:
        for special in (False, True):
            e = tokenizer.encode(text, add_special_tokens=special)
            cases.append({
                "text": text,
                "special": special,
                "ids": e.ids,
                "offsets": [list(o) for o in e.offsets],
                "decoded": tokenizer.decode(e.ids, skip_special_tokens=True),
                "decoded_with_special": tokenizer.decode(e.ids, skip_special_tokens=False),
            })
    (folder / "cases.json").write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def byte_level():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(TEXT, trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    ))
    write("bytes", t, {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": None,
        "eos_token": "<|im_end|>",
        "pad_token": {"content": "<|endoftext|>", "lstrip": False},
    })


def pieces():
    bytes_ = [f"<0x{b:02X}>" for b in range(256)]
    t = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    t.decoder = decoders.Sequence([
        decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    t.train_from_iterator(TEXT, trainers.BpeTrainer(
        vocab_size=700, special_tokens=["<unk>", "<s>", "</s>"] + bytes_, show_progress=False))
    raw = json.loads(t.to_str())
    raw["added_tokens"] = raw["added_tokens"][:3]  # byte pieces are ordinary vocabulary
    t = Tokenizer.from_str(json.dumps(raw))
    t.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", 1)])
    write("pieces", t, {
        "tokenizer_class": "LlamaTokenizer",
        "add_bos_token": True,
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
    })


byte_level()
pieces()
print({f.name: (f / "tokenizer.json").stat().st_size for f in sorted(OUT.iterdir())})
