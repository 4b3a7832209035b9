"""Makes model folders that have no tokenizer.json, only the older vocabulary files, and the ids that
the references give: src/test/resources/vocabularies/{gpt2,opt,roberta,qwen2,clip,whisper,bert,bert_cased,
llama,llama_legacy,gemma,t5,deberta}.

    python src/test/python/make_vocabularies.py        (in engine/runtime)

The trainer of word pieces breaks ties by chance, so that a second run makes other files; those of one
folder belong together.

Needs transformers, tokenizers, sentencepiece and protobuf (made with 5.18.0, 0.23.2, 0.2.2, 7.36.2); the
project itself never does. The vocabularies are small ones trained here on the lines below. Ids come from
transformers' class for the folder. A SentencePiece file is also run through the sentencepiece library
itself, part by part between special tokens, and where transformers 5 disagrees with it (it drops the
prefix before a leading space, and normalises deberta's text in its own way) the library is right: the
model was trained with it. Such a case says "by": "sentencepiece".
"""

import io
import json
import random
import re
import shutil
from pathlib import Path

import sentencepiece
import transformers
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

OUT = Path(__file__).resolve().parents[1] / "resources" / "vocabularies"

TEXT = [
    "A small adapter learns a small task from a few rows of data, doesn't it?",
    "The user asks a question and the assistant answers it briefly.",
    "What is the capital of the country? The capital is a city.",
    "Hello world! Say hello to the whole wide world, and say it again.",
    "Add two and two: the answer is four. Subtract 1 from 12345: 12344.",
    "Write the record as JSON with name, colour and count = 3.14159.",
    "Grüße aus der Stadt, schöne Wörter mit Umlauten, Straße und Maß.",
    "Un été à la française, naïve façade, le cœur et l'œuvre déjà vus.",
    "世界你好，机器学习很有趣。 東京は日本の首都です。",
    "Привет, мир! Как дела сегодня?",
    "emoji 😀 🎉 👍 in the middle of a line",
    "    four spaces, then code: for (int i = 0; i < n; i++) { sum += i; }",
] * 30

PIECES = [
    " ", "  ", "   ", "\n", "\n\n", "\t", "\r\n", "a", "the ", "Hello", "hello", "HELLO", "wörld", "é", "e\u0301",
    "ﬁ", "①", "Ａ", "世界", "東京", "，", "😀", "👩‍👩‍👧", "\u00a0", "\u3000", "Привет", "12345", "3.14", "'s", "'LL", "don't ",
    "aaaa", "aaa", "eeee", "\u200b", "한국어", "ก็", "नमस्ते", "½", "№", "--", "...", "——", "user ", "answer", "ß", "Å",
    "\ufeff", "A\u030a\u0323", "▁", "x", "<b>", "<s>", "</s>", "(n)", "_", "\u0000", "İ", "ǅ",
]

PROBES = [
    "", " ", "   ", "Hello", " Hello", "Hello world", "hello  two  spaces ", "line\nbreak\n\n", "\ttab", "\r\n",
    "Grüße, 世界 😀", "The answer is four.", "été déjà vu, naïve façade", "e\u0301te\u0301 ﬁ", "东京和北京，你好。", "a" * 300,
    "don't we'll I'M HE'S", "12345 3.14", "👩‍👩‍👧 family", "for (int i = 0; i < n; i++) {", "Привет, мир!",
    "mixed CASE Word", "   leading and trailing   ", "▁literal▁ mark", "snake_case-and.dots",
]


def corpus():
    return list(TEXT)


def texts(specials, seed):
    """Fixed probes, probes with special tokens in them, and random mixtures."""
    token = specials[0]
    with_special = [token, f"{token}Hello", f"Hello {token} world", f"Hello{specials[-1]}{token}", f" {token} "]
    chance = random.Random(seed)
    plain = [p for p in PIECES if p not in specials]
    mixed = ["".join(chance.choice(plain) for _ in range(chance.randint(2, 9))) for _ in range(60)]
    return PROBES + with_special + mixed, set(with_special)


def folder_of(name, files, config):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, content in files.items():
        if isinstance(content, bytes):
            (folder / file).write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=0)
            (folder / file).write_text(text, encoding="utf-8")
    for file, content in config.items():
        (folder / file).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


class Pieces:
    """The sentencepiece library on a text with special tokens in it.

    first_only: the word mark goes before the first part only, not before each.
    """

    def __init__(self, file, first_only):
        with_prefix = sentencepiece_model_pb2.ModelProto.FromString(file.read_bytes())
        without = sentencepiece_model_pb2.ModelProto.FromString(file.read_bytes())
        without.normalizer_spec.add_dummy_prefix = False
        self.first = sentencepiece.SentencePieceProcessor(model_proto=with_prefix.SerializeToString())
        later = without if first_only else with_prefix
        self.later = sentencepiece.SentencePieceProcessor(model_proto=later.SerializeToString())

    def encode(self, text, special_ids):
        found = re.split("(" + "|".join(map(re.escape, special_ids)) + ")", text)
        ids, at = [], 0
        for part in found:
            known = part in special_ids
            ids += [special_ids[part]] if known else (self.first if at == 0 else self.later).encode(part)
            at += len(part)
        return ids


def write_cases(folder, tokenizer_class, specials, seed, pieces=None):
    reference = tokenizer_class.from_pretrained(folder)
    backend = reference.backend_tokenizer
    special_ids = {t.content: i for i, t in reference.added_tokens_decoder.items() if t.special or t.content in specials}
    cases, own = [], 0
    samples, with_special = texts(specials, seed)
    around = backend.encode("", add_special_tokens=True).ids
    for number, text in enumerate(samples):
        for special in (False, True) if number < 12 or text in with_special else (False,):
            encoding = backend.encode(text, add_special_tokens=special)
            case = {"text": text, "special": special, "ids": encoding.ids, "offsets": [list(o) for o in encoding.offsets]}
            if pieces is not None:
                true = pieces.encode(text, special_ids)
                if special:
                    true = around_text(backend, true)
                if true != encoding.ids:
                    case.update(ids=true, by="sentencepiece")
                    del case["offsets"]
                    own += 1
            case["decoded"] = backend.decode(case["ids"], skip_special_tokens=True)
            case["decoded_with_special"] = backend.decode(case["ids"], skip_special_tokens=False)
            cases.append(case)
    lines = ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases)
    (folder / "cases.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    sizes = {f.name: f.stat().st_size for f in folder.iterdir()}
    assert sum(sizes.values()) < 300_000, (folder.name, sizes)
    print(f"{folder.name}: {len(cases)} cases, {own} by sentencepiece, {sum(sizes.values())} bytes, around {around}")


def around_text(backend, ids):
    """Puts the tokens that transformers puts around a text around these ids."""
    plain = backend.encode("x", add_special_tokens=False).ids
    whole = backend.encode("x", add_special_tokens=True).ids
    at = next(i for i in range(len(whole)) if whole[i:i + len(plain)] == plain)
    return whole[:at] + ids + whole[at + len(plain):]


# ------------------------------------------------------------------ byte pairs

def byte_pairs(first, last=(), normalizer=None, pre_tokenizer=None, suffix=""):
    """vocab.json and merges.txt of a byte-level BPE; `first` and `last` are whole tokens around it."""
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix=suffix))
    if normalizer:
        tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer or pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.train_from_iterator(corpus(), trainers.BpeTrainer(
        vocab_size=620, show_progress=False, special_tokens=list(first), **({"end_of_word_suffix": suffix} if suffix else {}),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    model = json.loads(tokenizer.to_str())["model"]
    vocabulary = dict(sorted(model["vocab"].items(), key=lambda item: item[1]))
    if suffix:
        for letter in sorted(pre_tokenizers.ByteLevel.alphabet()):
            vocabulary.setdefault(letter + suffix, len(vocabulary))
    for token in last:
        vocabulary[token] = len(vocabulary)
    merges = "\n".join(" ".join(m) if isinstance(m, list) else m for m in model["merges"])
    return {"vocab.json": vocabulary, "merges.txt": f"#version: 0.2\n{merges}\n"}


def gpt2():
    folder = folder_of("gpt2", byte_pairs([], ["<|endoftext|>"]), {"config.json": {"model_type": "gpt2"}})
    write_cases(folder, transformers.GPT2Tokenizer, ["<|endoftext|>"], 1)


def opt():
    """Special tokens in vocab.json, a begin token by tokenizer_config.json."""
    folder = folder_of("opt", byte_pairs(["<s>", "<pad>", "</s>", "<unk>"]), {
        "config.json": {"model_type": "opt"},
        "tokenizer_config.json": {"tokenizer_class": "GPT2Tokenizer", "add_bos_token": True, "errors": "replace",
                                  "bos_token": "</s>", "eos_token": "</s>", "unk_token": "</s>", "pad_token": "<pad>"},
        "special_tokens_map.json": {
            k: {"content": v, "single_word": False, "lstrip": False, "rstrip": False, "normalized": True}
            for k, v in {"bos_token": "</s>", "eos_token": "</s>", "unk_token": "</s>"}.items()}})
    write_cases(folder, transformers.GPT2Tokenizer, ["</s>"], 2)


def roberta():
    folder = folder_of("roberta", byte_pairs(["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"]), {
        "tokenizer_config.json": {"tokenizer_class": "RobertaTokenizer", "add_prefix_space": True},
        "special_tokens_map.json": {
            "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>",
            "cls_token": "<s>", "mask_token": {"content": "<mask>", "single_word": False, "lstrip": True,
                                               "rstrip": False, "normalized": False}}})
    write_cases(folder, transformers.RobertaTokenizer, ["<mask>", "</s>"], 3)


def qwen2():
    """Tokens of a chat in added_tokens_decoder, behind the vocabulary."""
    split = pre_tokenizers.Sequence([
        pre_tokenizers.Split(transformers_regex(), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    files = byte_pairs([], normalizer=normalizers.NFC(), pre_tokenizer=split)
    size = len(files["vocab.json"])
    added = {str(size + i): {"content": token, "lstrip": False, "normalized": False, "rstrip": False,
                             "single_word": False, "special": special}
             for i, (token, special) in enumerate(
                 [("<|endoftext|>", True), ("<|im_start|>", True), ("<|im_end|>", True), ("<tool_call>", False)])}
    folder = folder_of("qwen2", files, {"tokenizer_config.json": {
        "tokenizer_class": "Qwen2Tokenizer", "added_tokens_decoder": added, "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>", "bos_token": None, "unk_token": None, "errors": "replace",
        "additional_special_tokens": ["<|im_start|>", "<|im_end|>"]}})
    write_cases(folder, transformers.Qwen2Tokenizer, ["<|im_start|>", "<tool_call>"], 4)


def transformers_regex():
    from tokenizers import Regex
    from transformers.models.qwen2.tokenization_qwen2 import PRETOKENIZE_REGEX
    return Regex(PRETOKENIZE_REGEX)


def clip():
    normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    files = byte_pairs([], ["<|startoftext|>", "<|endoftext|>"], normalizer, suffix="</w>")
    folder = folder_of("clip", files, {"config.json": {"model_type": "clip"}})
    write_cases(folder, transformers.CLIPTokenizer, ["<|endoftext|>"], 5)


def whisper():
    """Language and task in tokenizer_config.json; most special tokens in added_tokens.json."""
    files = byte_pairs([], ["<|endoftext|>"])
    size = len(files["vocab.json"])
    names = ["<|startoftranscript|>", "<|en|>", "<|zh|>", "<|de|>", "<|translate|>", "<|transcribe|>", "<|notimestamps|>"]
    folder = folder_of("whisper", files, {
        "added_tokens.json": {token: size + i for i, token in enumerate(names)},
        "tokenizer_config.json": {"tokenizer_class": "WhisperTokenizer", "language": "de", "task": "transcribe",
                                  "additional_special_tokens": names, "eos_token": "<|endoftext|>"}})
    write_cases(folder, transformers.WhisperTokenizer, ["<|startoftranscript|>", "<|endoftext|>"], 6)


# ------------------------------------------------------------------ word pieces

def word_pieces(lower):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lower)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(corpus(), trainers.WordPieceTrainer(
        vocab_size=500, show_progress=False, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]))
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return "".join(f"{token}\n" for token, _ in vocabulary)


def bert():
    folder = folder_of("bert", {"vocab.txt": word_pieces(True)}, {"config.json": {"model_type": "distilbert"}})
    write_cases(folder, transformers.BertTokenizer, ["[MASK]", "[SEP]"], 7)


def bert_cased():
    """Every switch of tokenizer_config.json off its default."""
    folder = folder_of("bert_cased", {"vocab.txt": word_pieces(False)}, {"tokenizer_config.json": {
        "tokenizer_class": "BertTokenizerFast", "do_lower_case": False, "strip_accents": True,
        "tokenize_chinese_chars": False}})
    write_cases(folder, transformers.BertTokenizer, ["[MASK]", "[SEP]"], 8)


# ------------------------------------------------------------------ sentence pieces

def sentence_pieces(**settings):
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()), model_writer=written, minloglevel=2, num_threads=1,
        hard_vocab_limit=False, **settings)
    return written.getvalue()


def spoken_to(folder, file, tokenizer_class, specials, seed, first_only=False):
    write_cases(folder, tokenizer_class, specials, seed, Pieces(folder / file, first_only))


LLAMA = dict(
    model_type="bpe", vocab_size=640, byte_fallback=True, normalization_rule_name="identity",
    remove_extra_whitespaces=False, character_coverage=0.99, split_digits=True,
    allow_whitespace_only_pieces=True, unk_id=0, bos_id=1, eos_id=2, pad_id=-1)


def llama():
    folder = folder_of("llama", {"tokenizer.model": sentence_pieces(**LLAMA)}, {"tokenizer_config.json": {
        "tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "add_eos_token": False, "legacy": False,
        "bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}})
    spoken_to(folder, "tokenizer.model", transformers.LlamaTokenizer, ["<s>", "</s>"], 9, True)


def llama_legacy():
    """A prefix after every special token, an end token, and a token added behind the vocabulary."""
    model = sentence_pieces(**LLAMA)
    size = sentencepiece.SentencePieceProcessor(model_proto=model).get_piece_size()
    folder = folder_of("llama_legacy", {"tokenizer.model": model}, {
        "added_tokens.json": {"<pad>": size},
        "special_tokens_map.json": {"pad_token": "<pad>"},
        "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizerFast", "add_bos_token": True, "add_eos_token": True,
                                  "legacy": True}})
    spoken_to(folder, "tokenizer.model", transformers.LlamaTokenizer, ["<s>", "<pad>"], 10)


def gemma():
    """No prefix; symbols of the user that are never cut."""
    model = sentence_pieces(**{
        **LLAMA, "add_dummy_prefix": False, "pad_id": 0, "eos_id": 1, "bos_id": 2, "unk_id": 3, "pad_piece": "<pad>",
        "eos_piece": "<eos>", "bos_piece": "<bos>",
        "user_defined_symbols": ["<mask>", "<start_of_turn>", "<end_of_turn>", "\n", "\n\n", "▁▁", "▁▁▁", "<b>"]})
    folder = folder_of("gemma", {"tokenizer.model": model}, {"tokenizer_config.json": {
        "tokenizer_class": "GemmaTokenizer", "add_bos_token": True, "add_eos_token": False}})
    spoken_to(folder, "tokenizer.model", transformers.GemmaTokenizer, ["<bos>", "<start_of_turn>"], 11)


def t5():
    model = sentence_pieces(model_type="unigram", vocab_size=420, character_coverage=0.995, pad_id=0, eos_id=1,
                            unk_id=2, bos_id=-1)
    folder = folder_of("t5", {"spiece.model": model}, {
        "config.json": {"model_type": "t5"}, "tokenizer_config.json": {"extra_ids": 10}})
    spoken_to(folder, "spiece.model", transformers.T5Tokenizer, ["</s>", "<extra_id_3>"], 12)


def deberta():
    model = sentence_pieces(
        model_type="unigram", vocab_size=420, character_coverage=0.995, normalization_rule_name="identity", pad_id=0,
        bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]", unk_piece="[UNK]")
    size = sentencepiece.SentencePieceProcessor(model_proto=model).get_piece_size()
    folder = folder_of("deberta", {"spm.model": model}, {
        "added_tokens.json": {"[MASK]": size}, "config.json": {"model_type": "deberta-v2"},
        "tokenizer_config.json": {"do_lower_case": False, "vocab_type": "spm"}})
    spoken_to(folder, "spm.model", transformers.DebertaV2Tokenizer, ["[MASK]", "[SEP]"], 13)


if __name__ == "__main__":
    transformers.logging.set_verbosity_error()
    for make in (gpt2, opt, roberta, qwen2, clip, whisper, bert, bert_cased, llama, llama_legacy, gemma, t5, deberta):
        make()
