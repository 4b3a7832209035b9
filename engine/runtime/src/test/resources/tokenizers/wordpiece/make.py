"""Makes tokenizer.json, tokenizer_config.json and cases.json: a small BERT-like tokenizer and what
transformers (5.18.0) makes of texts and pairs with it, whole and cut. Self-made for this project.
"""

import json
import pathlib

from tokenizers import BertWordPieceTokenizer
from transformers import BertTokenizerFast

here = pathlib.Path(__file__).parent
lines = [
    "a film of rare charm and quiet wit", "the plot is thin and the jokes are thinner",
    "charming , funny and touching from start to finish", "dull , loud and far too long",
    "an uneven but likable comedy", "nothing in it rings true", "it works , quietly",
    "the actors are fine ; the film is not",
]
trained = BertWordPieceTokenizer(lowercase=True)
trained.train_from_iterator(lines, vocab_size=120, min_frequency=1, show_progress=False)
tokenizer = BertTokenizerFast(tokenizer_object=trained._tokenizer, cls_token="[CLS]",
                              sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]",
                              mask_token="[MASK]")
tokenizer.save_pretrained(here)
cases = []
pairs = [(lines[0], None), (lines[1], None), (lines[0], lines[1]), (lines[6], lines[1]),
         (lines[1], lines[6]), ("Grüße, a film!", "nothing 🙂 in it")]
for text, pair in pairs:
    # Odd lengths leave an even number of text tokens: which of two long texts gets an odd one
    # differs between versions of the library.
    for length in [512, 15, 11, 9, 7, 5] + ([4, 3] if pair is None else []):
        out = tokenizer(text, pair, truncation="longest_first", max_length=length)
        cases.append({"text": text, "pair": pair, "length": length, "ids": out["input_ids"],
                      "types": out["token_type_ids"]})
(here / "cases.json").write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")
