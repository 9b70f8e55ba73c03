#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "attest/network/at_length.hpp"
#include "network/features.hpp"

namespace attest::influence {

/// The model as everything here takes it: at this length, as version 1 says it.
/// Throws  Unsupported, naming the key, for what boxes and doubles do not follow here
inline network::AtLength followed(const network::Transformer& transformer, std::int64_t length) {
    network::AtLength at = network::in_version_1(transformer, length);
    using enum network::Feature;
    network::require_known(*at, {position_table, head_tie, rms_norm, activation}, "influence");
    return at;
}

/// The same of any model with a score: more classes than two stay what they are.
inline network::AtLength evaluated(const network::Transformer& transformer, std::int64_t length) {
    const std::optional<network::Classes>& classes = transformer.readout.classes;
    return classes && classes->names.size() > 2 ? network::AtLength(transformer, length)
                                                : network::in_version_1(transformer, length);
}

/// The position in the word, from 1, of the one symbol that is read; none where the begin or end symbol is, or all positions are.
/// Throws  InputError for a length at which nothing is read
inline std::optional<std::int64_t> read_symbol(const network::Transformer& t, std::int64_t length) {
    if (t.readout.reading != network::Readout::Reading::one) return std::nullopt;
    const std::int64_t position = t.readout_position(t.sequence_length(length)) - (t.begin ? 1 : 0);
    return position >= 1 && position <= length ? std::optional(position) : std::nullopt;
}

/// The first key of a model, evaluated(), that only evaluation follows, word by word; none if all is followed(). Where there are
/// many classes the score is how far the greatest logit of those that accept is above that of the others.
/// Throws  Unsupported, naming the key, for what has no score
inline std::optional<std::string> only_by_words(const network::Transformer& transformer) {
    using enum network::Feature;
    network::require_known(transformer,
                           {position_table, head_tie, rms_norm, activation, gate, rotary, head_mask, pooled_readout,
                            transcendental_bias, classes, embedding_norm, final_norm},
                           "influence");
    network::require_decision(transformer);
    std::optional<std::string> sparse;
    for (std::size_t l = 0; l < transformer.layers.size(); ++l) {
        const std::optional<network::Attention>& attention = transformer.layers[l].attention;
        if (!attention || attention->heads.empty() || attention->kind == network::AttentionKind::softmax) continue;
        if (attention->kind != network::AttentionKind::sparsemax) return std::nullopt;  // followed by nothing
        sparse = fmt::format("layers[{}].attention.kind", l);
    }
    if (sparse) return sparse;
    for (const network::FeatureUse& use : network::features(transformer))
        for (const network::Feature feature : {gate, rotary, head_mask, pooled_readout, transcendental_bias, classes})
            if (use.feature == feature) return use.place;
    return std::nullopt;
}

}  // namespace attest::influence
