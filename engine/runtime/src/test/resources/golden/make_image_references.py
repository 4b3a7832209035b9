"""Makes the self-made reference cases of selfmade/ for models that see pictures.

    python make_image_references.py

Needs what make_references.py needs; layout and conventions are the same, with pixel_values among the
inputs and, where a model has no logits, the outputs it has under their names.
"""

import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from tokenizers.pre_tokenizers import ByteLevel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from reference_case import (OUT, TOLERANCE, fill, gradient_norms, load, store, tokens, version_four,
                            versions, write_json)

VIT = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
           hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
TEXT = dict(vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
            num_attention_heads=4, max_position_embeddings=16, attention_dropout=0.0)
VISION = dict(hidden_size=24, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4,
              image_size=16, patch_size=8, attention_dropout=0.0)


def pictures(seed, rows, height, width):
    return torch.randn((rows, 3, height, width), generator=torch.Generator().manual_seed(seed))


def case(name, model_class, config, seed, inputs, outputs, notes, restyle=version_four, **asked):
    """Stores a model with random weights and what it answers when loaded afresh."""
    model = model_class(config)
    fill_pictures(model, seed)
    folder = store(name, model, restyle)
    model = load(model_class, folder)
    output = model(**inputs, **asked, output_hidden_states=True)
    tensors = dict(inputs)
    for output_name, stored_name in outputs.items():
        tensors[stored_name] = output[output_name]
    for stack, part in (("hidden_states", output), ("hidden_states.text", output.get("text_model_output")),
                        ("hidden_states.vision", output.get("vision_model_output"))):
        for index, state in enumerate((part or {}).get("hidden_states") or ()):
            tensors[f"{stack}.{index}"] = state
    expected = {
        "self_made": True,
        "reference": f"transformers {transformers.__version__} {model_class.__name__} "
                     f"(eager attention), torch {torch.__version__} CPU float32",
        "num_parameters": model.num_parameters(),
        "config_style": "transformers 4" if restyle else "transformers 5",
        "mode": "eval (no dropout)",
        "compare": "all positions" + ("; hidden_states.text only where attention_mask == 1"
                                      if "input_ids" in inputs else ""),
        "tolerance": TOLERANCE,
        "versions": versions(),
        "notes": notes,
    }
    if output.get("loss") is not None:
        expected["loss"] = output.loss.item()
        norms = gradient_norms(folder, model, output)
        expected["grad_norms"] = {name: norm for name, norm in norms.items() if norm > 0}
        expected["grad_norms_note"] = "L2 norm of d loss / d parameter; not of those without a part in it"
    save_file({k: v.detach().clone().contiguous() for k, v in tensors.items()},
              folder / "expected.safetensors", metadata={"format": "pt"})
    write_json(folder / "expected.json", expected)
    size = sum(f.stat().st_size for f in folder.iterdir())
    assert size < 300_000, (name, size)
    print(f"{name}: loss {expected.get('loss')}, {size} bytes")


def fill_pictures(model, seed):
    """fill() takes single numbers, tokens and convolutions for something else."""
    with torch.no_grad():
        random = torch.Generator().manual_seed(seed)
        own = {}
        for name, parameter in model.named_parameters():
            if parameter.dim() in (0, 3, 4) or name.endswith("class_embedding"):
                width = parameter[0].numel() if parameter.dim() == 4 else 4
                own[name] = torch.randn(parameter.shape, generator=random) / width ** 0.5
                if parameter.dim() == 0:
                    own[name] = torch.tensor(1.5)
        fill(Named({n: p for n, p in model.named_parameters() if n not in own}), seed)
        for name, parameter in model.named_parameters():
            if name in own:
                parameter.copy_(own[name])


class Named:
    """Some of a model's parameters, for fill()."""

    def __init__(self, parameters):
        self.parameters = parameters

    def named_parameters(self):
        return self.parameters.items()


def vit():
    oblong = transformers.ViTConfig(image_size=[16, 24], patch_size=[8, 4], qkv_bias=False,
                                    hidden_act="gelu_new", num_labels=3, **VIT)
    case("vit_oblong", transformers.ViTForImageClassification, oblong, 201,
         {"pixel_values": pictures(202, 2, 16, 24), "labels": torch.tensor([2, 0])},
         {"logits": "logits"},
         ["pictures of 16 x 24 pixels in patches of 8 x 4; no bias for query, key and value."])
    headless = transformers.ViTConfig(image_size=16, patch_size=8, **VIT)
    case("vit_headless", transformers.ViTModel, headless, 203,
         {"pixel_values": pictures(204, 2, 16, 16)}, {"last_hidden_state": "last_hidden_state"},
         ["names without vit. in front; the pooler in the file takes no part in last_hidden_state."],
         restyle=None)


def clip():
    def config(end):
        return transformers.CLIPConfig(
            text_config=dict(TEXT, eos_token_id=end, bos_token_id=0, pad_token_id=1),
            vision_config=VISION, projection_dim=16)

    ids, mask = tokens(211, 3, 9, 94, [9, 6, 8], first=3)
    ids[0, 8] = ids[1, 5] = ids[2, 3] = 95
    inputs = {"input_ids": ids, "attention_mask": mask, "pixel_values": pictures(212, 3, 16, 16)}
    outputs = {"logits_per_image": "logits", "logits_per_text": "logits_per_text",
               "image_embeds": "image_embeds", "text_embeds": "text_embeds"}
    case("clip_former_end", transformers.CLIPModel, config(2), 213, inputs, outputs,
         ["eos_token_id 2 as in the first CLIP configs: a text is read at its highest token (95), in "
          "the third row in the middle."], return_loss=True)

    def classifier_style(config):
        config["id2label"] = {"0": "shoe", "1": "bag", "2": "coat"}
        config["label2id"] = {"shoe": 0, "bag": 1, "coat": 2}
        return version_four(config)

    classes = config(95)
    classes.num_labels = 3
    case("clip_classifier", transformers.CLIPForImageClassification, classes, 214,
         {"pixel_values": pictures(215, 3, 16, 16), "labels": torch.tensor([2, 0, 1])},
         {"logits": "logits"},
         ["the mean of all patches, before the last norm, which takes no part."],
         restyle=classifier_style)


def letters():
    """A tokenizer of CLIP's kind that knows every byte and no merge."""
    alphabet = sorted(ByteLevel.alphabet())
    names = [*alphabet, *(letter + "</w>" for letter in alphabet), "<|startoftext|>", "<|endoftext|>"]
    return transformers.CLIPTokenizer(vocab={name: i for i, name in enumerate(names)}, merges=[])


def zero_shot():
    """Pictures of selfmade/images against descriptions, as transformers' own processors and model."""
    tokenizer = letters()
    preparation = CLIPImageProcessorPil(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16})
    text = dict(TEXT, vocab_size=len(tokenizer), max_position_embeddings=48,
                bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id,
                pad_token_id=tokenizer.pad_token_id)
    model = transformers.CLIPModel(transformers.CLIPConfig(
        text_config=text, vision_config=VISION, projection_dim=16))
    fill_pictures(model, 221)
    folder = store("clip_zero_shot", model, version_four)
    tokenizer.save_pretrained(folder)
    preparation.save_pretrained(folder)
    model = load(transformers.CLIPModel, folder)
    labels = ["cat", "Running shoe", "hand_bag", "Straße"]
    templates = ["a photo of a {}", "{}, drawn"]
    pictures = ["gray_tall.png", "rgb_wide.png", "rgba_square.png"]
    pixels = preparation([Image.open(OUT / "images" / name).convert("RGB") for name in pictures],
                         return_tensors="pt")["pixel_values"]
    expected = {
        "self_made": True,
        "reference": f"transformers {transformers.__version__} CLIPModel, CLIPTokenizer and "
                     f"CLIPImageProcessorPil, torch {torch.__version__} CPU float32",
        "labels": labels, "templates": templates, "pictures": pictures, "versions": versions(),
        "shares_atol": 1e-5,
        "notes": ["shares: softmax of logits_per_image over the labels, one row a picture; an "
                  "underscore in a label is read as a blank.",
                  "mean: the same where both templates' text_embeds are added and brought to length "
                  "one (arXiv:2103.00020, section 3.1.4)."],
    }
    vectors = []
    with torch.no_grad():
        for template in templates:
            texts = [template.replace("{}", label.replace("_", " ")) for label in labels]
            output = model(**tokenizer(texts, padding=True, return_tensors="pt"), pixel_values=pixels)
            vectors.append(output.text_embeds)
            if template == templates[0]:
                expected["shares"] = output.logits_per_image.softmax(-1).tolist()
        mean = torch.nn.functional.normalize(sum(vectors), dim=-1)
        logits = output.image_embeds @ mean.T * model.logit_scale.exp()
        expected["mean"] = logits.softmax(-1).tolist()
    write_json(folder / "expected.json", expected)
    size = sum(f.stat().st_size for f in folder.iterdir())
    assert size < 300_000, size
    print(f"clip_zero_shot: {expected['shares']}, {size} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    vit()
    clip()
    zero_shot()
