#pragma once

#include <string>

#include "blueprint.hpp"
#include "source.hpp"

namespace attest::formats::import {

/// How Hugging Face and Meta name the same parts, and in what else they differ.
struct LlamaNames {
    std::string embedding, layers, query, key, value, output, gate, up, down, attention_norm, feedforward_norm, norm,
        head;
    std::string pairing;                           ///< of coordinates that are turned together
    Settings::Names heads, eps, theta, positions;  ///< what settings are called
    std::string default_eps, because;
};

/// The network that both lay out: RMS norms before the parts, rotary positions, keys shared by groups of heads, a gated
/// feed-forward part.
Blueprint read_llama(Source& source, const LlamaNames& names);

}  // namespace attest::formats::import
