#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/language/language.hpp"
#include "attest/network/transformer.hpp"
#include "build/stages.hpp"

namespace attest::build {

/// How a network was built.
enum class Construction {
    sets,            ///< no mask, one layer, a head for each kind of symbol
    exits,           ///< leftmost ties, a layer for each time that a component is left
    mirrored_exits,  ///< rightmost ties among positions further right, and a layer to read the first
    cascade,         ///< rightmost ties, a layer for each level of the cascade
    causal_cascade   ///< the same where positions see themselves, up to two layers a level
};

const char* to_string(Construction construction);  ///< `sets`, `exits`, `mirrored-exits`, `cascade`, `causal-cascade`

struct Built {
    network::Transformer transformer;
    Construction construction = Construction::cascade;
    std::uint64_t modulus = 1;  ///< positions are known modulo this
};

std::size_t attention_layers(const network::Transformer& transformer);
std::size_t most_heads(const network::Transformer& transformer);  ///< of any layer

struct Planned {
    StagePlan plan;
    Construction construction = Construction::cascade;
};

/// The layers of a network for a regular language, not yet spelled out as weights; as build_network.
/// Needs   another construction than sets
Planned plan_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                     const base::Limits& limits = {});

/// Unique hard attention that recognises a regular language at all lengths: by default strict mask, one head a layer, a begin symbol.
///
/// automaton     minimal, canonical numbering
/// construction  none: exits where the automaton is R-trivial, else the cascade
/// Gives         exact weights, integers; cascade: layers with attention ≤ the height of the cascade
/// Throws        Unsupported where no such network exists (the language is not quasi-aperiodic), or the construction does
///               not fit the language, or the cascade is too large
/// Source        cascade: [yang2024masked] by way of holonomy; exits: [jerad2025tie], [li2025characterizing]; sets: [perez2021attention];
///               the causal one is ours
Built build_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                    const base::Limits& limits = {});

}  // namespace attest::build
