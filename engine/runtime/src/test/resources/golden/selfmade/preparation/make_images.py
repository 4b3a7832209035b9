"""Makes images/, image_cases.json and images.safetensors of this folder.

Run in an environment with transformers, torch, pillow and safetensors (made with transformers
5.18.0, Pillow 12.3.0, without torchvision, so that the processors work on Pillow):
    python make_images.py
The pictures are drawn here from formulas; the expected numbers are those of Hugging Face's own
image processors.
"""

import json
import pathlib

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
from transformers.image_utils import load_image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

here = pathlib.Path(__file__).parent
images = here / "images"
images.mkdir(exist_ok=True)
rng = np.random.default_rng(11)


def drawn(width, height):
    """Smooth colours with an edge, a fine grating and some noise: what filters differ on."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 128 + 100 * np.sin(x / 5) * np.cos(y / 7)
    green = 255 * ((x + y) % 6 < 3)
    blue = np.where(x * 2 > width, 240, 15) + rng.normal(0, 12, x.shape)
    return np.clip(np.stack([red, green, blue], -1), 0, 255).astype(np.uint8)


wide = Image.fromarray(drawn(61, 47))
tall = Image.fromarray(drawn(33, 70))
small = Image.fromarray(drawn(11, 9))
wide.save(images / "wide.png")
tall.save(images / "tall.png")
small.save(images / "small.png")
wide.convert("L").save(images / "grey.png")
wide.convert("P", palette=Image.Palette.ADAPTIVE, colors=37).save(images / "palette.png")
wide.convert("1").save(images / "black_and_white.png")
alpha = Image.fromarray(rng.integers(0, 256, (47, 61), dtype=np.uint8))
transparent = wide.copy()
transparent.putalpha(alpha)
transparent.save(images / "transparent.png")
grey_transparent = wide.convert("L")
grey_transparent.putalpha(alpha)
grey_transparent.save(images / "grey_transparent.png")
wide.save(images / "photo.jpg", quality=88)
wide.save(images / "photo_full_colour.jpg", quality=92, subsampling=0)
wide.save(images / "photo_progressive.jpg", quality=80, progressive=True)
wide.convert("L").save(images / "photo_grey.jpg", quality=85)
for orientation in range(2, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    wide.save(images / f"turned_{orientation}.jpg", quality=90, exif=exif)
# The same JPEG without the marker that names its colours.
stream = (images / "photo_full_colour.jpg").read_bytes()
length = int.from_bytes(stream[4:6], "big")
assert stream[6:10] == b"JFIF"
(images / "photo_unmarked.jpg").write_bytes(stream[:2] + stream[4 + length:])

CLIP_NEW = {"image_processor_type": "CLIPImageProcessor", "do_resize": True,
            "size": {"shortest_edge": 20}, "resample": 3, "do_center_crop": True,
            "crop_size": {"height": 20, "width": 20}, "do_rescale": True,
            "rescale_factor": 0.00392156862745098, "do_normalize": True, "do_convert_rgb": True,
            "image_mean": [0.48145466, 0.4578275, 0.40821073],
            "image_std": [0.26862954, 0.26130258, 0.27577711]}
CLIP_OLD = {"feature_extractor_type": "CLIPFeatureExtractor", "do_resize": True, "size": 18,
            "resample": 3, "do_center_crop": True, "crop_size": 18, "do_normalize": True,
            "image_mean": [0.48145466, 0.4578275, 0.40821073],
            "image_std": [0.26862954, 0.26130258, 0.27577711]}
VIT_NEW = {"image_processor_type": "ViTImageProcessor", "do_resize": True,
           "size": {"height": 24, "width": 20}, "resample": 2, "do_rescale": True,
           "rescale_factor": 0.00392156862745098, "do_normalize": True,
           "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
VIT_OLD = {"feature_extractor_type": "ViTFeatureExtractor", "do_normalize": True,
           "do_resize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
           "resample": 2, "size": 22}

cases, expected = [], {}


def case(name, config, picture, joint=False):
    kind = config.get("image_processor_type", config.get("feature_extractor_type", "ViT"))
    processor = (CLIPImageProcessorPil if kind.startswith("CLIP") else ViTImageProcessorPil)(
        **{k: v for k, v in config.items() if not k.endswith("_type")})
    image = load_image(str(images / picture))
    if isinstance(config.get("image_mean"), list) and len(config["image_mean"]) == 1:
        image = image.convert("L")
    values = processor(image, return_tensors="pt")["pixel_values"][0]
    cases.append({"name": name, "picture": picture, "config": config, "joint": joint})
    expected[name] = values.to(torch.float32).contiguous()


for name in ["wide.png", "tall.png", "small.png", "grey.png", "palette.png", "black_and_white.png",
             "transparent.png", "grey_transparent.png", "photo.jpg", "photo_full_colour.jpg",
             "photo_progressive.jpg", "photo_grey.jpg", "photo_unmarked.jpg"]:
    case(f"clip_new/{name}", CLIP_NEW, name)
for name in ["wide.png", "tall.png", "small.png", "photo.jpg"]:
    case(f"clip_old/{name}", CLIP_OLD, name)
    case(f"vit_new/{name}", VIT_NEW, name, joint=True)
    case(f"vit_old/{name}", VIT_OLD, name)
for orientation in range(2, 9):
    case(f"vit_new/turned_{orientation}", VIT_NEW, f"turned_{orientation}.jpg")
for code in range(6):
    case(f"resample_{code}/shrunk", VIT_NEW | {"resample": code}, "wide.png")
    case(f"resample_{code}/enlarged", VIT_NEW | {"resample": code}, "small.png")
case("crop_larger", CLIP_NEW | {"size": {"shortest_edge": 7}, "crop_size": 12}, "tall.png")
case("longest_edge", VIT_NEW | {"size": {"shortest_edge": 20, "longest_edge": 31}}, "tall.png")
case("only_normalised", VIT_NEW | {"do_resize": False, "do_rescale": False}, "small.png")
case("only_rescaled", VIT_NEW | {"do_resize": False, "do_normalize": False}, "small.png")
case("one_channel", VIT_NEW | {"image_mean": [0.5], "image_std": [0.25]}, "wide.png")
case("defaults_of_clip", {"image_processor_type": "CLIPImageProcessor", "size": 8, "crop_size": 8},
     "wide.png")
case("defaults_of_vit", {"size": {"height": 8, "width": 8}}, "wide.png")

(here / "image_cases.json").write_text(json.dumps(cases, indent=1) + "\n")
save_file(expected, here / "images.safetensors")
print(len(cases), "cases")
