#pragma once

#include <array>
#include <map>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/decide/threshold/encoder.hpp"

namespace attest::threshold {

/// A limit was met.
struct EncodingStopped {};

/// The formula in the making, with the names that section 9 gives to variables as they are first needed.
///
/// Words are counted from 0, layers l, heads h and positions i from 1.
struct Draft {
    Draft(const Specification& specification, const std::vector<Sample>& words, const EncodeOptions& encode_options,
          const base::Limits& base_limits);

    // Words, positions, values (9.1).

    std::int64_t positions(std::size_t x) const;
    bool has(Break which) const;
    std::vector<Held>& held(std::int64_t l, std::size_t x, std::int64_t i) {
        return out.held[static_cast<std::size_t>(l)][x][static_cast<std::size_t>(i - 1)];
    }
    using Visit = std::pair<std::size_t, std::int64_t>;  // word, position
    /// Who asks in a layer, in order: by position and word, or without positions by word and position.
    std::vector<Visit> asking(std::int64_t l) const;

    // Variables and clauses.

    std::int32_t fresh() { return ++out.formula.variables; }
    /// Complements of ⊤ are left out, and what was said before.
    /// Throws  EncodingStopped
    void clause(const std::vector<Literal>& all);
    void clause(std::initializer_list<Literal> all) { clause(std::vector<Literal>(all)); }
    /// Literals of a number below `count`: one variable for two, else one each, of which one is true. `only`: and no two.
    std::vector<Literal> one_of(std::int64_t count, bool only);
    /// A literal of a conjunction. `unless`: the complements of all.
    Literal conjunction(const std::vector<Literal>& all, std::vector<Literal> unless);

    // Orders (9.2).

    /// The order that a value asks, as its number in the encoding.
    std::uint32_t order_of(std::int64_t l, std::int64_t h, std::int64_t i, network::ValueId own);
    Literal literal(std::uint32_t order_number, const Comparison& c);
    /// The variable of "most" for a query's sign; that of "least" is the next.
    std::int32_t sign(std::int64_t l, std::int64_t h, std::int64_t i, network::ValueId own);

    const NetworkClass network_class;
    const std::vector<Sample>& samples;
    const EncodeOptions& options;
    const base::Limits& limits;
    const std::size_t symbols;
    Encoding out;
    base::Interner<std::array<std::int64_t, 4>> order_keys;     ///< (l, h, i, value) → number of the order
    std::map<std::array<std::int64_t, 4>, std::int32_t> signs;  ///< likewise → variable of "most"
};

/// The clauses of the symmetry breaks that were asked for (9.4), after all others.
void write_breaks(Draft& draft);

}  // namespace attest::threshold
