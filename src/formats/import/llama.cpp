#include "family.hpp"
#include "llama_layers.hpp"

namespace attest::formats::import {

namespace {

/// `model.` may have been dropped, where all names have it.
Blueprint read(Source& source) {
    const std::string prefix = source.has("model.embed_tokens.weight") ? "model." : "";
    return read_llama(source, {prefix + "embed_tokens",
                               prefix + "layers.",
                               "self_attn.q_proj",
                               "self_attn.k_proj",
                               "self_attn.v_proj",
                               "self_attn.o_proj",
                               "mlp.gate_proj",
                               "mlp.up_proj",
                               "mlp.down_proj",
                               "input_layernorm",
                               "post_attention_layernorm",
                               prefix + "norm",
                               "lm_head",
                               "half",
                               {"heads", "num_attention_heads"},
                               {"eps", "rms_norm_eps"},
                               {"rope_theta", "rope_parameters.rope_theta"},
                               {"max_positions", "max_position_embeddings"},
                               "1e-6",
                               "default of LlamaConfig"});
}

}  // namespace

/// Hugging Face's Llama. Its query and key rows are permuted so that coordinate t is turned together with t + dk/2.
Family llama() {
    return {"llama",
            [](const Checkpoint& checkpoint) { return has_name(checkpoint, "**embed_tokens.weight"); },
            read,
            {{"**embed_tokens.weight", "embedding of tokens"},
             {"**layers.*.self_attn.q_proj.weight", "queries of all heads"},
             {"**layers.*.self_attn.q_proj.bias", "their biases"},
             {"**layers.*.self_attn.k_proj.weight", "keys of all groups of heads"},
             {"**layers.*.self_attn.k_proj.bias", "their biases"},
             {"**layers.*.self_attn.v_proj.weight", "values of all groups of heads"},
             {"**layers.*.self_attn.v_proj.bias", "their biases"},
             {"**layers.*.self_attn.o_proj.weight", "outputs of all heads, by columns"},
             {"**layers.*.self_attn.o_proj.bias", "the bias of their sum"},
             {"**layers.*.mlp.gate_proj.weight", "gate of the feed-forward part"},
             {"**layers.*.mlp.gate_proj.bias", "its bias"},
             {"**layers.*.mlp.up_proj.weight", "first map of the feed-forward part"},
             {"**layers.*.mlp.up_proj.bias", "its bias"},
             {"**layers.*.mlp.down_proj.weight", "second map of the feed-forward part"},
             {"**layers.*.mlp.down_proj.bias", "its bias"},
             {"**layers.*.input_layernorm.weight", "gain of the attention's norm"},
             {"**layers.*.post_attention_layernorm.weight", "gain of the feed-forward part's norm"},
             {"**norm.weight", "gain of the last norm"},
             {"lm_head.weight", "read-out"},
             {"**layers.*.self_attn.rotary_emb.inv_freq", not_needed},
             {"**rotary_emb.inv_freq", not_needed}}};
}

}  // namespace attest::formats::import
