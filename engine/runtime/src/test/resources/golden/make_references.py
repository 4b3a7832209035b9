"""Makes the self-made reference cases of selfmade/: tiny models with inputs and outputs.

    python make_references.py [function ...]

Needs torch, transformers and safetensors (versions: selfmade/README.md); the project itself never
does. One function a family; reference_case.py holds what they share. A case is a Hugging Face folder
(config.json, model.safetensors, for text generators also generation_config.json) with
expected.safetensors (inputs, logits, every hidden state, greedy continuation) and expected.json (loss,
gradient norm of every parameter, tolerances, versions), the same layout as the other golden models.
"""

import math
import sys

import torch
import transformers
from safetensors.torch import load_file

from reference_case import (CLASSES, MASKED_ROWS, OUT, causal, classification_inputs, encoder,
                            masked_inputs, tokens, version_four)

NO_DROPOUT = dict(attention_dropout=0.0)


# ------------------------------------------------------------------ families

def gemma3_text():
    """Two local layers with their own theta and a window of 4, then a global one."""
    shape = dict(
        vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=3,
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, max_position_embeddings=64,
        sliding_window=4, query_pre_attn_scalar=24, tie_word_embeddings=True,
        layer_types=["sliding_attention", "sliding_attention", "full_attention"],
        pad_token_id=0, eos_token_id=1, bos_token_id=2, **NO_DROPOUT)
    rope = {
        "sliding_attention": {"rope_type": "default", "rope_theta": 100.0},
        "full_attention": {"rope_type": "linear", "factor": 4.0, "rope_theta": 50000.0},
    }
    notes = ["local layers: rope theta 100, window 4; the global one: theta 50000, linear factor 4.",
             "head tied to the embedding: no lm_head.weight in the file."]
    kind = transformers.Gemma3ForCausalLM
    sizes = dict(length=16, lengths=(16, 11, 16))
    new = causal("gemma3_text", kind, transformers.Gemma3TextConfig(rope_parameters=rope, **shape), 11,
                 notes, **sizes)

    def old_style(config):
        del config["rope_parameters"], config["layer_types"]
        config.update(rope_theta=50000.0, rope_local_base_freq=100.0, sliding_window_pattern=3,
                      rope_scaling={"rope_type": "linear", "factor": 4.0})
        return version_four(config)

    old = causal("gemma3_text_v4", kind, transformers.Gemma3TextConfig(rope_parameters=rope, **shape),
                 11, notes + ["layer kinds by sliding_window_pattern 3, thetas by rope_theta and "
                              "rope_local_base_freq."], old_style, **sizes)
    assert torch.equal(new, old)


def gpt_neox():
    """Parallel and sequential residual; a quarter or half of each head turns."""
    shape = dict(
        vocab_size=96, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=64, hidden_dropout=0.0, **NO_DROPOUT)

    def pythia_style(config):
        rope = config.pop("rope_parameters")
        config.update(rotary_pct=rope["partial_rotary_factor"], rotary_emb_base=rope["rope_theta"])
        return version_four(config)

    def with_buffers(tensors):
        triangle = torch.ones(64, 64).tril().bool().view(1, 1, 64, 64)
        for layer in range(2):
            prefix = f"gpt_neox.layers.{layer}.attention."
            tensors[prefix + "bias"] = triangle.to(torch.uint8).clone()
            tensors[prefix + "masked_bias"] = torch.tensor(-1e9)
            tensors[prefix + "rotary_emb.inv_freq"] = torch.ones(2)
        return tensors

    causal("gpt_neox", transformers.GPTNeoXForCausalLM, transformers.GPTNeoXConfig(
        use_parallel_residual=True, hidden_act="gelu",
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 0.25},
        **shape), 21,
        ["query_key_value holds q, k and v of each head in turn.",
         "the file carries the buffers of published Pythia files (attention.bias, masked_bias, "
         "rotary_emb.inv_freq), which a reader leaves out."], pythia_style, with_buffers)
    causal("gpt_neox_sequential", transformers.GPTNeoXForCausalLM, transformers.GPTNeoXConfig(
        use_parallel_residual=False, hidden_act="gelu_new",
        rope_parameters={"rope_type": "default", "rope_theta": 500.0, "partial_rotary_factor": 0.5},
        **shape), 22)


def opt():
    """As OPT-125m, and as OPT-350m: norms after the block, an embedding narrower than the model."""
    shape = dict(
        vocab_size=96, hidden_size=32, ffn_dim=64, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=32, activation_function="relu", dropout=0.0, layerdrop=0.0,
        pad_token_id=1, bos_token_id=2, eos_token_id=2, **NO_DROPOUT)
    note = "positions are counted by the attention mask and looked up with an offset of 2."
    causal("opt", transformers.OPTForCausalLM, transformers.OPTConfig(
        word_embed_proj_dim=32, do_layer_norm_before=True, **shape), 31, [note], version_four)
    causal("opt_350m", transformers.OPTForCausalLM, transformers.OPTConfig(
        word_embed_proj_dim=16, do_layer_norm_before=False, **shape), 33,
        [note, "no final layer norm; project_in before and project_out after the layers, so the "
               "last hidden state is as wide as the embedding."], version_four)


def olmo2():
    """Norms after attention and MLP, q and k normalised over the whole width."""
    causal("olmo2", transformers.Olmo2ForCausalLM, transformers.Olmo2Config(
        vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-6,
        pad_token_id=1, eos_token_id=2,
        rope_parameters={"rope_type": "default", "rope_theta": 500000.0}, **NO_DROPOUT), 41,
        restyle=version_four)


def distilbert():
    shape = dict(vocab_size=96, dim=32, hidden_dim=64, n_layers=2, n_heads=4,
                 max_position_embeddings=32, dropout=0.0, seq_classif_dropout=0.0, **NO_DROPOUT)
    config = transformers.DistilBertConfig(num_labels=3, **shape)
    encoder("distilbert", transformers.DistilBertForSequenceClassification, config, 51,
            classification_inputs(52, config), CLASSES, restyle=version_four)
    config = transformers.DistilBertConfig(**shape)
    encoder("distilbert_masked_lm", transformers.DistilBertForMaskedLM, config, 53,
            masked_inputs(54, config), MASKED_ROWS, ["vocab_projector tied to the word embedding."],
            restyle=version_four)


def deberta_v2():
    """Disentangled attention with buckets, shared and own position projections, both MLM heads."""
    shape = dict(
        vocab_size=96, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=32, type_vocab_size=0, pad_token_id=0,
        relative_attention=True, position_buckets=4, max_relative_positions=-1,
        norm_rel_ebd="layer_norm", position_biased_input=False, pooler_dropout=0.0,
        pooler_hidden_act="gelu", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        layer_norm_eps=1e-7)

    def config(share, **more):
        return transformers.DebertaV2Config(
            pos_att_type=["p2c", "c2p"], share_att_key=share, conv_kernel_size=0, **shape, **more)

    def piped(written):
        written["pos_att_type"] = "p2c|c2p"
        return version_four(written)

    classifier, masked = transformers.DebertaV2ForSequenceClassification, transformers.DebertaV2ForMaskedLM
    shared = config(True, num_labels=3)
    encoder("deberta_v2", classifier, shared, 61, classification_inputs(62, shared), CLASSES,
            ["pos_att_type as one text, p2c|c2p; distances fall into log buckets beyond 2."], piped)
    shared = config(True)
    encoder("deberta_v2_masked_lm", masked, shared, 63, masked_inputs(64, shared), MASKED_ROWS,
            ["legacy head cls.predictions: dense, gelu, norm, tied decoder and bias."], piped)
    own = config(False, num_labels=3)
    encoder("deberta_v2_unshared", classifier, own, 65, classification_inputs(66, own), CLASSES,
            ["share_att_key false: pos_key_proj and pos_query_proj."])
    own = config(False, legacy=False)
    encoder("deberta_v2_masked_lm_new_head", masked, own, 67, masked_inputs(68, own), MASKED_ROWS,
            ["legacy false: the head is lm_predictions.lm_head, its decoder the word embedding."])


def bert_masked_lm():
    config = transformers.BertConfig(
        vocab_size=96, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=32, hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0)
    encoder("bert_masked_lm", transformers.BertForMaskedLM, config, 71,
            masked_inputs(72, config, segments=True), MASKED_ROWS,
            ["decoder tied to the word embedding, its bias is cls.predictions.bias."], version_four)


def roberta_masked_lm():
    config = transformers.RobertaConfig(
        vocab_size=96, hidden_size=32, intermediate_size=64, num_hidden_layers=2,
        num_attention_heads=4, max_position_embeddings=34, type_vocab_size=1, pad_token_id=1,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, layer_norm_eps=1e-5)
    encoder("roberta_masked_lm", transformers.RobertaForMaskedLM, config, 81,
            masked_inputs(82, config), MASKED_ROWS,
            ["positions start behind pad_token_id and are counted over tokens that are not pad."],
            version_four)


# ------------------------------------------------------------------ RoPE scalings

ROPE_SHAPE = dict(
    vocab_size=64, hidden_size=32, intermediate_size=32, num_hidden_layers=2,
    num_attention_heads=2, num_key_value_heads=1, eos_token_id=2, **NO_DROPOUT)
LONG = dict(length=24, lengths=(24, 19))
ROPES = {
    "linear": (dict(rope_type="linear", factor=4.0, rope_theta=200.0), 64),
    "dynamic": (dict(rope_type="dynamic", factor=2.0, rope_theta=200.0), 16),
    "yarn": (dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16,
                  beta_fast=4.0, beta_slow=0.25, rope_theta=200.0), 64),
}


def type_key(config):
    """Old style under the oldest name: rope_scaling.type."""
    config = version_four(config)
    config["rope_scaling"]["type"] = config["rope_scaling"].pop("rope_type")
    return config


def llama_ropes():
    """One llama under each scaling, 24 positions where 16 were trained; both config styles agree."""
    kind = transformers.LlamaForCausalLM

    def config(rope, positions):
        return transformers.LlamaConfig(
            max_position_embeddings=positions, rope_parameters=dict(rope), **ROPE_SHAPE)

    for key, (rope, positions) in ROPES.items():
        old_style = version_four if key == "yarn" else type_key
        new = causal(f"llama_rope_{key}", kind, config(rope, positions), 91, **LONG)
        old = causal(f"llama_rope_{key}_v4", kind, config(rope, positions), 91, restyle=old_style, **LONG)
        assert torch.equal(new, old)
        bites(new, f"llama_rope_{key}", kind, config(dict(rope_type="default", rope_theta=200.0), 64))


def phi3_longrope():
    """Long factors for the 24 positions of the batch, short ones while generating 14."""
    kind = transformers.Phi3ForCausalLM
    rope = dict(
        rope_type="longrope", rope_theta=200.0, partial_rotary_factor=0.75,
        short_factor=[1.0, 1.05, 1.1, 1.2, 1.3, 1.5], long_factor=[1.2, 1.6, 2.1, 2.8, 3.3, 4.0])

    def config(parameters):
        return transformers.Phi3Config(
            max_position_embeddings=64, original_max_position_embeddings=16, pad_token_id=None,
            rope_parameters=dict(parameters), resid_pdrop=0.0, embd_pdrop=0.0, **ROPE_SHAPE)

    def old_style(written):
        written = type_key(written)
        written["rope_scaling"].pop("original_max_position_embeddings", None)
        return written

    note = ["partial_rotary_factor 0.75: 12 of 16 dimensions of a head turn.",
            "cos and sin are multiplied by sqrt(1 + ln(64 / 16) / ln 16) at every length."]
    new = causal("phi3_longrope", kind, config(rope), 95, note, **LONG)
    old = causal("phi3_longrope_v4", kind, config(rope), 95, note, old_style, **LONG)
    assert torch.equal(new, old)
    bites(new, "phi3_longrope", kind, config(
        dict(rope_type="default", rope_theta=200.0, partial_rotary_factor=0.75)))


def bites(scaled, name, model_class, plain):
    """The same weights without scaling give other logits, so that a reader who skips it is caught."""
    model = model_class.from_pretrained(
        OUT / name, config=plain, dtype=torch.float32, attn_implementation="eager").eval()
    inputs = load_file(OUT / name / "expected.safetensors")
    logits = model(inputs["input_ids"], attention_mask=inputs["attention_mask"]).logits
    difference = (logits - scaled).abs().max().item()
    print(f"  {name}: without scaling logits differ by {difference:.2f}")
    assert difference > 0.1


# ------------------------------------------------------------------ storage, encoder-decoder

def llama_mixed():
    """Linears and embedding stored as bf16, the head as f16, norms as f32."""

    def mixed(tensors):
        return {n: t if "norm" in n else t.to(torch.float16 if "lm_head" in n else torch.bfloat16)
                for n, t in tensors.items()}

    def half(config):
        return {**version_four(config), "torch_dtype": "bfloat16"}

    causal("llama_mixed", transformers.LlamaForCausalLM, transformers.LlamaConfig(
        vocab_size=96, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, eos_token_id=2,
        rope_parameters={"rope_type": "default", "rope_theta": 10000.0}, **NO_DROPOUT), 101,
        ["stored weights are upcast to float32 before anything is computed."], half, mixed)


def t5_v1_1():
    """T5 v1.1: gated gelu, its own head, no scaling of the decoder's output."""
    config = transformers.T5Config(
        vocab_size=80, d_model=32, d_kv=8, d_ff=40, num_layers=2, num_decoder_layers=2, num_heads=4,
        relative_attention_num_buckets=8, relative_attention_max_distance=16, dropout_rate=0.0,
        feed_forward_proj="gated-gelu", decoder_start_token_id=0)
    ids, mask = tokens(112, 2, 10, 80, [10, 7])
    labels, seen = tokens(113, 2, 6, 80, [6, 4])
    inputs = {"input_ids": ids, "attention_mask": mask, "labels": labels.masked_fill(seen == 0, -100)}

    def own_head(tensors):
        random = torch.Generator().manual_seed(114)
        return {**tensors, "lm_head.weight": torch.randn(80, 32, generator=random) / math.sqrt(32)}

    def untied(written):
        for computed in ("scale_decoder_outputs", "dense_act_fn", "is_gated_act"):
            del written[computed]
        return {**version_four(written), "tie_word_embeddings": False}

    encoder("t5_v1_1", transformers.T5ForConditionalGeneration, config, 111, inputs,
            "logits and decoder states everywhere; encoder states where attention_mask == 1",
            ["decoder_input_ids = labels shifted right with decoder_start_token_id; -100 becomes "
             "pad_token_id. logits covers decoder positions.",
             "lm_head is its own matrix and the decoder's output is not scaled by d_model^-0.5."],
            untied, own_head)


CASES = [gemma3_text, gpt_neox, opt, olmo2, distilbert, deberta_v2, bert_masked_lm, roberta_masked_lm,
         llama_ropes, phi3_longrope, llama_mixed, t5_v1_1]


def main(names):
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    for case in CASES:
        if not names or case.__name__ in names:
            case()


if __name__ == "__main__":
    main(sys.argv[1:])
