"""Makes sounds/, sound_cases.json and sounds.safetensors of this folder.

Run in an environment with transformers, torch, numpy and safetensors (made with transformers
5.18.0, torch 2.13.0):
    OMP_NUM_THREADS=1 python make_sounds.py
The sounds are drawn here from formulas; the expected features are those of Hugging Face's own
WhisperFeatureExtractor on the very samples that the files hold.
"""

import json
import pathlib
import struct

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import WhisperFeatureExtractor

here = pathlib.Path(__file__).parent
sounds = here / "sounds"
sounds.mkdir(exist_ok=True)
rng = np.random.default_rng(5)


def voice(seconds, rate=16000):
    """A buzz of gliding pitch under moving resonances, with pauses and breath noise."""
    t = np.arange(int(seconds * rate)) / rate
    pitch = 110 + 40 * np.sin(2 * np.pi * 1.3 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    buzz = sum(np.sin(k * phase) / k * np.exp(-((k * pitch - 700 - 500 * np.sin(3 * t)) / 900) ** 2)
               for k in range(1, 30))
    loud = np.clip(np.sin(2 * np.pi * 1.7 * t) + 0.4, 0, 1)
    return 0.4 * buzz * loud + 0.003 * rng.normal(size=t.shape)


def wav(name, tag, bits, rate, frames, extensible=False, extra=b"", length=None):
    """Writes frames [n, channels], already of the stored type."""
    channels = frames.shape[1]
    data = frames.tobytes() if bits != 24 else b"".join(
        struct.pack("<i", int(v))[:3] for v in frames.reshape(-1))
    block = channels * bits // 8
    head = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, rate, rate * block,
                       block, bits)
    if extensible:
        guid = struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
        head += struct.pack("<HHI", 22, bits, 0) + guid
    body = (b"WAVE" + b"fmt " + struct.pack("<I", len(head)) + head + extra
            + b"data" + struct.pack("<I", len(data) if length is None else length) + data)
    (sounds / name).write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)


cases, expected = [], {}


def case(name, sound, mono, config, joint=False, every=1):
    extractor = WhisperFeatureExtractor(**config)
    features = extractor(mono.astype(np.float32), sampling_rate=16000, return_tensors="pt")
    cases.append({"name": name, "sound": sound, "config": config, "joint": joint, "every": every})
    expected[name] = features["input_features"][0][:, ::every].to(torch.float32).contiguous()


ONE = {"feature_size": 20, "chunk_length": 1}
long = np.round(voice(1.4) * 32767).astype("<i2")
wav("voice.wav", 1, 16, 16000, long[:11000, None])
case("voice", "voice.wav", long[:11000] / 32768, {"chunk_length": 1})
case("voice_128_mels", "voice.wav", long[:11000] / 32768,
     {"feature_size": 128, "chunk_length": 1}, every=5)
case("voice_other_windows", "voice.wav", long[:11000] / 32768,
     {"feature_size": 40, "n_fft": 512, "hop_length": 100, "chunk_length": 1}, joint=True, every=4)
case("voice_30_seconds", "voice.wav", long[:11000] / 32768, {}, every=13)
wav("longer.wav", 1, 16, 16000, long[:, None], extra=b"LIST" + struct.pack("<I", 5) + b"INFOx\0")
case("longer", "longer.wav", long / 32768, ONE)
wav("exact.wav", 1, 16, 16000, long[3000:19000, None], length=0xFFFFFFFF)
case("exact", "exact.wav", long[3000:19000] / 32768, ONE)
short = voice(0.3)
eight = np.round(short * 127 + 128).astype("u1")
wav("eight.wav", 1, 8, 16000, eight[:, None])
case("eight_bits", "eight.wav", (eight.astype(float) - 128) / 128, ONE)
two = np.stack([short, 0.5 * voice(0.3)], 1)
sixteen = np.round(two * 32767).astype("<i2")
wav("stereo.wav", 1, 16, 16000, sixteen)
case("stereo", "stereo.wav", (sixteen / 32768).mean(1), ONE)
three = np.round(two * 8388607).astype("<i4")
wav("stereo_24.wav", 1, 24, 16000, three, extensible=True)
case("stereo_24_bits", "stereo_24.wav", (three / 8388608).mean(1), ONE)
four = np.round(short * 2147483000).astype("<i4")
wav("whole_32.wav", 1, 32, 16000, four[:, None])
case("whole_32_bits", "whole_32.wav", four / 2147483648, ONE)
wav("real_32.wav", 3, 32, 16000, short[:, None].astype("<f4"), extensible=True)
case("real_32_bits", "real_32.wav", short.astype("<f4"), ONE)
wav("real_64.wav", 3, 64, 16000, short[:2000, None].astype("<f8"))
case("real_64_bits", "real_64.wav", short[:2000], ONE)
wav("silence.wav", 1, 16, 16000, np.zeros((800, 1), "<i2"))
case("silence", "silence.wav", np.zeros(800), ONE)
tone = np.round(30000 * np.sin(2 * np.pi * 1000 * np.arange(8000) / 16000)).astype("<i2")
wav("tone.wav", 1, 16, 16000, tone[:, None])
case("tone", "tone.wav", tone / 32768, ONE)

(here / "sound_cases.json").write_text(json.dumps(cases, indent=1) + "\n")
save_file(expected, here / "sounds.safetensors")
print(len(cases), "cases")
