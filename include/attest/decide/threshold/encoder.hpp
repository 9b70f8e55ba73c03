#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/order.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/logic/cnf.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// The symmetry breaks of section 9.4, in its order; the argument of each stands there.
enum class Break { activations, heads, permutations, complements, signs, numbers };

const char* to_string(Break which);
/// Throws  UsageError naming the known ones
Break parse_break(const std::string& name);
/// The breaks that hold for this specification.
std::vector<Break> breaks_for(const Specification& specification, const std::vector<Sample>& samples);

struct EncodeOptions {
    std::vector<Break> breaks;  ///< in the order of the enumeration
    /// The first head of the reader looks at the last word position in layer 1, so that one symbol splits all words.
    /// Not without loss: for finding networks, never for refuting them.
    bool split = false;

    bool operator==(const EncodeOptions&) const = default;
};

/// A value that a position may hold on a word, and when.
struct Held {
    network::ValueId value{};
    Literal literal = always;
};

/// One pair that a head may choose on a word.
struct Choice {
    network::Pair pair;  ///< with its position, also where the class sees none
    Literal chosen = always;
    Literal present = always;
};

/// Who asks at a site: a value of the asking position, and the order that it asks.
struct Asker {
    network::ValueId value{};
    Literal holds = always;
    std::uint32_t order = 0;
    Literal most = always, least = always;  ///< key dimension 1: the query's sign
    std::vector<std::uint32_t> elements;    ///< of the choices, in the order
};

/// One head at one position on one word.
struct Site {
    std::int64_t layer = 0, head = 0, position = 0;
    std::size_t sample = 0;
    std::vector<Choice> choices;
    std::vector<Asker> askers;  ///< empty if there is only one choice
};

/// The formula of section 9 without cuts, and what its variables mean.
struct Encoding {
    logic::Cnf formula;
    std::vector<Order> orders;
    std::vector<Site> sites;  ///< by layer, then as the positions ask, then by head; blind heads have none
    /// held[layer][sample][position − 1]
    std::vector<std::vector<std::vector<std::vector<Held>>>> held;
    network::Values values;
};

/// What a choice needs of an asker's order against another that is present; nothing where the two are equal and the first
/// is further left, so that no order is in the way. `most`: the query's sign, where keys are numbers.
Comparison comparison(const NetworkClass& network, const Asker& asker, const Site& site, std::size_t chosen,
                      std::size_t other, bool most);

/// Builds the formula.
///
/// Gives   nothing if it would need more than a quarter of the memory, or time is up
/// Throws  UsageError as require_sound
/// Cost    O(words · positions · askers · candidates²)
std::optional<Encoding> encode(const Specification& specification, const std::vector<Sample>& samples,
                               const EncodeOptions& options, const base::Limits& limits);

}  // namespace attest::threshold
