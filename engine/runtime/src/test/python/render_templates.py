"""Renders every template of src/test/resources/templates with transformers and writes cases.json.

Run in engine/runtime with transformers (5.18) and jinja2 (3.1) installed:
    python src/test/python/render_templates.py
constructs.txt holds one small template a line; constructs.json says what transformers makes of each.
Each case: template, bos, eos, messages, add_generation_prompt and either the expected "text" or the
message of the exception ("error") that the template raises; "spans" are the character ranges that
generation tags mark.
"""

import json
from pathlib import Path

from transformers.utils.chat_template_utils import render_jinja_template

HERE = Path(__file__).resolve().parents[1]
PUBLISHED = HERE / "resources" / "templates" / "published"
BUILT_IN = HERE.parent / "main" / "resources" / "templates"
OUT = HERE / "resources" / "templates" / "cases.json"
CONSTRUCTS = HERE / "resources" / "templates" / "constructs.txt"


def turn(role, content):
    return {"role": role, "content": content}


CONVERSATIONS = {
    "one": [turn("user", "What is 2 + 2?")],
    "answered": [turn("user", "Hello"), turn("assistant", "Hi there.")],
    "system": [turn("system", "Be brief."), turn("user", "Why?"), turn("assistant", "Because.")],
    "many": [
        turn("user", "a"),
        turn("assistant", "b"),
        turn("user", "c"),
        turn("assistant", "d"),
        turn("user", "e"),
    ],
    "unicode": [turn("user", "Grüße, 世界 \U0001f600 «ß»"), turn("assistant", "“naïve” ↔ \u00a0é")],
    "whitespace": [
        turn("system", "  padded \n"),
        turn("user", "\n\n  line one\n\n\tline two  \n"),
        turn("assistant", "  code:\n    x = 1\n\n"),
    ],
    "braces": [turn("user", "{{ 7 * 7 }} {% if x %} {# no #}"), turn("assistant", "<b>&amp;'\"\\n</b>")],
    "empty": [turn("user", "say nothing"), turn("assistant", "")],
    "thinking": [turn("user", "q"), turn("assistant", "<think>\nhm\n</think>\n\nanswer"), turn("user", "r"),
                 turn("assistant", "<think>\nso\n</think>\n\nlast")],
    "false": [turn("user", "False"), turn("assistant", " false ")],
    "wrong_order": [turn("assistant", "first"), turn("user", "second")],
}


def render(template, messages, prompt, bos, eos):
    try:
        texts, spans = render_jinja_template(
            conversations=[messages],
            chat_template=template,
            add_generation_prompt=prompt,
            return_assistant_tokens_mask="generation %}" in template,
            bos_token=bos,
            eos_token=eos,
        )
        case = {"text": texts[0]}
        if spans and spans[0]:
            case["spans"] = [list(s) for s in spans[0]]
        return case
    except Exception as e:  # the template's own raise_exception, or a jinja error
        return {"error": str(e)}


def main():
    cases = []
    files = sorted(PUBLISHED.glob("*.jinja")) + sorted(BUILT_IN.glob("*.jinja"))
    for file in files:
        # A file's last newline belongs to the file, jinja drops it (keep_trailing_newline is off).
        template = file.read_text(encoding="utf-8")
        folder = "published" if file.parent == PUBLISHED else "built_in"
        for name, messages in CONVERSATIONS.items():
            for prompt in (False, True):
                case = {
                    "template": f"{folder}/{file.name}",
                    "conversation": name,
                    "add_generation_prompt": prompt,
                    "bos": "<s>",
                    "eos": "</s>",
                    "messages": messages,
                }
                case.update(render(template, messages, prompt, "<s>", "</s>"))
                cases.append(case)
    OUT.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    constructs = []
    for line in CONSTRUCTS.read_text(encoding="utf-8").splitlines():
        case = {"template": line}
        case.update(render(line, [turn("user", "Hi\nyou"), turn("assistant", "yo")], False, "<s>", "</s>"))
        constructs.append(case)
    CONSTRUCTS.with_suffix(".json").write_text(
        json.dumps(constructs, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    errors = sum("error" in c for c in cases)
    print(f"{len(files)} templates, {len(cases)} cases, {errors} of them raise")


if __name__ == "__main__":
    main()
