"""Makes selfmade/log_mel and selfmade/images: what transformers' own preprocessing makes of a wave
and of a few pictures.

    python make_preprocessing.py

Needs torch, transformers, safetensors, numpy and Pillow (versions: selfmade/README.md); the project
itself never does.
"""

import json
import math
import shutil
import wave
from pathlib import Path

import numpy as np
import PIL
import torch
import transformers
from PIL import Image
from safetensors.torch import save_file
from transformers import WhisperFeatureExtractor
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

OUT = Path(__file__).resolve().parent / "selfmade"
RATE = 16_000


def fresh(name):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_json(path, value):
    path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


# ------------------------------------------------------------------ sound

def rising_tone(seconds, seed):
    """A tone that rises from 150 Hz to 6 kHz, a steady one, noise, and 50 ms of silence at the end."""
    time = np.arange(int(seconds * RATE)) / RATE
    rise = np.sin(2 * np.pi * (150 * time + (5850 / (2 * seconds)) * time**2))
    noise = np.random.default_rng(seed).standard_normal(time.size)
    sound = 0.4 * rise + 0.2 * np.sin(2 * np.pi * 440 * time) + 0.02 * noise
    sound[-RATE // 20:] = 0
    return np.round(sound * 32767).astype("<i2")


def write_wave(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def log_mel():
    folder = fresh("log_mel")
    sounds = {"short": rising_tone(0.7, 1), "long": rising_tone(1.1, 2)}
    for name, samples in sounds.items():
        write_wave(folder / f"{name}.wav", samples)
    cases = {
        "whisper": dict(),
        "whisper_one_second": dict(chunk_length=1),
        "small": dict(feature_size=20, chunk_length=1, n_fft=256, hop_length=200),
    }
    summary = {}
    for case, settings in cases.items():
        (folder / case).mkdir()
        extractor = WhisperFeatureExtractor(**settings)
        extractor.save_pretrained(folder / case)
        tensors = {"mel_filters": torch.tensor(extractor.mel_filters, dtype=torch.float32)}
        summary[case] = {name: features(extractor, samples, tensors, name)
                         for name, samples in sounds.items()}
        save_file(tensors, folder / case / "expected.safetensors")
    write_json(folder / "expected.json", {
        "self_made": True,
        "reference": f"transformers {transformers.__version__} WhisperFeatureExtractor "
                     f"(torch.stft, torch {torch.__version__})",
        "samples": "16 bit, divided by 32768; padded with zeros or cut to the chunk",
        "tolerance": {"features_atol": 1e-4},
        "cases": summary,
    })


def features(extractor, samples, tensors, name):
    """Stores the frames up to the constant tail, and says what the tail is."""
    sound = samples.astype(np.float32) / 32768
    made = extractor(sound, sampling_rate=RATE, return_tensors="pt")["input_features"][0]
    frames = made.shape[1]
    tail = made[:, -1:]
    kept = min(frames, 10 * math.ceil((len(samples) / extractor.hop_length + 3) / 10))
    assert kept == frames or (made[:, kept:] == made[0, -1]).all()
    tensors[f"{name}.input_features"] = made[:, :kept].contiguous()
    exact = extractor._np_extract_fbank_features(np.pad(
        sound, (0, max(0, extractor.n_samples - len(sound))))[None, :extractor.n_samples], "cpu")[0]
    apart = float(np.abs(exact - made.numpy()).max())
    print(f"log_mel {extractor.feature_size} {name}: {tuple(made.shape)}, kept {kept}, "
          f"float64 against float32 differs by {apart:.1e}")
    return {"shape": list(made.shape), "stored_frames": kept, "rest": float(tail[0]),
            "float64_differs_by": apart}


# ------------------------------------------------------------------ pictures

def pictures():
    """Three small pictures: smooth colours with hard edges, none of them square but one."""
    def plane(height, width, across, down, phase):
        y, x = np.mgrid[0:height, 0:width]
        smooth = 127 + 100 * np.sin(x * across + phase) * np.cos(y * down)
        smooth[height // 3: height // 2, width // 4: width // 2] = 250 - 200 * (phase > 1)
        return smooth.astype(np.uint8)

    def colour(height, width, channels):
        return np.stack([plane(height, width, 0.21 + 0.1 * c, 0.33 - 0.05 * c, c) for c in range(channels)], -1)

    return {
        "rgb_wide": Image.fromarray(colour(29, 47, 3), "RGB"),
        "gray_tall": Image.fromarray(plane(21, 13, 0.4, 0.3, 0.5), "L"),
        "rgba_square": Image.fromarray(colour(16, 16, 4), "RGBA"),
    }


OLD_CLIP = {
    "crop_size": 16, "do_center_crop": True, "do_normalize": True, "do_resize": True,
    "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 18,
    "image_mean": [0.48145466, 0.4578275, 0.40821073],
    "image_std": [0.26862954, 0.26130258, 0.27577711],
}


def images():
    folder = fresh("images")
    made = pictures()
    for name, picture in made.items():
        picture.save(folder / f"{name}.png")
    read = {name: Image.open(folder / f"{name}.png") for name in made}
    processors = {
        "vit": ViTImageProcessorPil(size={"height": 16, "width": 16}, do_convert_rgb=True),
        "clip": CLIPImageProcessorPil(size={"shortest_edge": 18}, crop_size={"height": 16, "width": 16}),
    }
    notes = {}
    for case, processor in processors.items():
        (folder / case).mkdir()
        processor.save_pretrained(folder / case)
        tensors = {}
        for name, picture in read.items():
            tensors[f"{name}.pixel_values"] = processor(picture, return_tensors="pt")["pixel_values"][0]
            raw = processor(picture, do_rescale=False, do_normalize=False, return_tensors="pt")
            tensors[f"{name}.resized"] = raw["pixel_values"][0].to(torch.uint8)
        notes[case] = {name: other_backend(processor, picture) for name, picture in read.items()}
        save_file({k: v.contiguous() for k, v in tensors.items()}, folder / case / "expected.safetensors")
    old_style(folder, processors["clip"], read)
    write_json(folder / "expected.json", {
        "self_made": True,
        "reference": f"transformers {transformers.__version__} ViTImageProcessorPil, CLIPImageProcessorPil "
                     f"(Pillow {PIL.__version__})",
        "order": "to RGB (alpha dropped, grey repeated), resize, [centre crop], / 255, (x - mean) / std",
        "tolerance": {"pixel_values_atol": 1e-5},
        "resized": "the 8-bit picture (3, height, width) before / 255",
        "tensor_resize_differs_by_levels": notes,
    })


def old_style(folder, processor, read):
    """The same settings as transformers before 4.26 wrote them: plain numbers for the sizes."""
    (folder / "clip_old").mkdir()
    write_json(folder / "clip_old" / "preprocessor_config.json", OLD_CLIP)
    old = CLIPImageProcessorPil.from_pretrained(folder / "clip_old")
    for picture in read.values():
        new = processor(picture, return_tensors="pt")["pixel_values"]
        assert torch.equal(new, old(picture, return_tensors="pt")["pixel_values"])


def other_backend(processor, picture):
    """How many of 255 levels torch's own antialiased resize (the fast processors) is away from Pillow's."""
    rgb = picture.convert("RGB")
    pillow = processor(rgb, do_rescale=False, do_normalize=False, do_center_crop=False, return_tensors="pt")
    wanted = pillow["pixel_values"][0].float()
    given = torch.tensor(np.array(rgb)).permute(2, 0, 1)[None]
    mode = "bicubic" if "CLIP" in type(processor).__name__ else "bilinear"
    fast = torch.nn.functional.interpolate(
        given.float(), size=tuple(wanted.shape[1:]), mode=mode, antialias=True).round().clamp(0, 255)[0]
    return int((fast - wanted).abs().max())


if __name__ == "__main__":
    torch.set_num_threads(1)
    log_mel()
    images()
