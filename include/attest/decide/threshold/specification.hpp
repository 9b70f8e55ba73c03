#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/language.hpp"

namespace attest::threshold {

enum class Reading { end, last };
enum class Mask { none, strict };

/// A class of generalized unique hard attention transformers (FORMAT.md, section 9).
struct NetworkClass {
    std::int64_t layers = 1;
    std::int64_t heads = 1;
    std::optional<std::int64_t> activations;  ///< values after a layer; none: unbounded
    Reading read = Reading::end;
    Mask mask = Mask::none;
    bool positions_visible = true;
    bool key_dimension_one = false;  ///< one number a key, one sign a query; otherwise any attention function

    /// Whether every asking value has an order of its own, without ties.
    bool strict_orders() const { return positions_visible && !key_dimension_one; }
    /// Whether values after this layer are numbers below `activations`.
    bool bounded(std::int64_t layer) const { return activations.has_value() && layer >= 1 && layer < layers; }
};

/// `2 layers, 1 head, 2 activations, read at the end symbol`.
std::string describe(const NetworkClass& network);

/// What witnesses write for the end symbol: one that is not in the alphabet.
/// Needs   an alphabet without some printable character
std::string end_symbol(const language::Alphabet& alphabet);

/// A language at one length, and the class that is searched for a network that computes it.
struct Specification {
    NetworkClass network;
    language::Language language;
    std::int64_t length = 1;
};

/// Whether the words are at most 2²², so that networks can be run on all of them.
bool may_be_listed(const Specification& specification);

/// Throws  UsageError for a class that section 9 does not have, a length at which the language is undefined, or one of
///         more than 2²² words; beyond 10⁶ symbols for classes of two layers and more, about which bounds say something
void require_sound(const Specification& specification);

/// One word of a specification.
struct Sample {
    language::Word word;
    bool accepted = false;
};

/// The words that a network must be right on, in the order of section 9.1.
/// Needs   may_be_listed
std::vector<Sample> samples(const Specification& specification);

}  // namespace attest::threshold
