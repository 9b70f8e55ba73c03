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
    exits,   ///< leftmost ties, a layer for each time that a component is left
    cascade  ///< rightmost ties, a layer for each level of the cascade
};

const char* to_string(Construction construction);  ///< `exits`, `cascade`

struct Built {
    network::Transformer transformer;
    Construction construction = Construction::cascade;
    std::uint64_t modulus = 1;  ///< positions are known modulo this
};

struct Planned {
    StagePlan plan;
    Construction construction = Construction::cascade;
};

/// The layers of a network for a regular language, not yet spelled out as weights; as build_network.
Planned plan_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                     const base::Limits& limits = {});

/// Unique hard attention that recognises a regular language at all lengths: strict mask, one head a layer, a begin symbol.
///
/// automaton     minimal, canonical numbering
/// construction  none: exits where the automaton is R-trivial, else the cascade
/// Gives         exact weights, 0 and ±1; cascade: layers with attention ≤ the height of the cascade
/// Throws        Unsupported where no such network exists (the language is not quasi-aperiodic), or the construction does
///               not fit the language, or the cascade is too large
/// Source        cascade: [yang2024masked] by way of holonomy; exits: [jerad2025tie], [li2025characterizing]
Built build_network(const language::Dfa& automaton, const std::string& name, std::optional<Construction> construction,
                    const base::Limits& limits = {});

}  // namespace attest::build
