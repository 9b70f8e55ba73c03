#include "family.hpp"
#include "llama_layers.hpp"

namespace attest::formats::import {

/// karpathy/llama2.c and Meta's own files: coordinate 2t is turned together with 2t + 1.
Family llama2_c() {
    return {"llama2.c",
            [](const Checkpoint& checkpoint) { return has_name(checkpoint, "tok_embeddings.weight"); },
            [](Source& source) {
                return read_llama(source, {"tok_embeddings",
                                           "layers.",
                                           "attention.wq",
                                           "attention.wk",
                                           "attention.wv",
                                           "attention.wo",
                                           "feed_forward.w1",
                                           "feed_forward.w3",
                                           "feed_forward.w2",
                                           "attention_norm",
                                           "ffn_norm",
                                           "norm",
                                           "output",
                                           "interleaved",
                                           {"heads", "n_heads"},
                                           {"eps", "norm_eps"},
                                           {"rope_theta"},
                                           {"max_positions", "max_seq_len"},
                                           "1e-5",
                                           "default of ModelArgs"});
            },
            {{"tok_embeddings.weight", "embedding of tokens"},
             {"layers.*.attention.wq.weight", "queries of all heads"},
             {"layers.*.attention.wk.weight", "keys of all groups of heads"},
             {"layers.*.attention.wv.weight", "values of all groups of heads"},
             {"layers.*.attention.wo.weight", "outputs of all heads, by columns"},
             {"layers.*.feed_forward.w1.weight", "gate of the feed-forward part"},
             {"layers.*.feed_forward.w3.weight", "first map of the feed-forward part"},
             {"layers.*.feed_forward.w2.weight", "second map of the feed-forward part"},
             {"layers.*.attention_norm.weight", "gain of the attention's norm"},
             {"layers.*.ffn_norm.weight", "gain of the feed-forward part's norm"},
             {"norm.weight", "gain of the last norm"},
             {"output.weight", "read-out"},
             {"freqs_cos", not_needed},
             {"freqs_sin", not_needed},
             {"rope.freqs", not_needed}}};
}

}  // namespace attest::formats::import
