#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "programs/zoo/weights.hpp"

// What a program computes at each position, as values that a transformer can hold: symbols and positions that are put in,
// rectified affine forms, and what heads bring. Affine forms cost nothing, so what a program writes as x, 1 - x or 2x + y is
// no value of its own. `assemble` lays the values out in layers and coordinates.

namespace attest::programs::residual {

using constructions::Form;  ///< over values in place of coordinates
using Value = constructions::Coordinate;

/// Where a head looks: score(i, j) = Σ query(i) · key(j), the greatest, of several that of the tie.
struct Pattern {
    network::Mask mask = network::Mask::none;
    network::Tie tie = network::Tie::left;
    std::vector<Form> query = {}, key = {};
};

/// Values of a program, each after those that it is made of. Equal ones are made once.
///
/// Needs   no value is ever negative: rectifying one again leaves it as it is
class Builder {
  public:
    enum class Kind { symbol, begin, place, unit, look };
    struct Made {
        Kind kind;
        std::uint32_t level = 0;   ///< layers of attention before it
        std::uint32_t depth = 0;   ///< rectifications before it within its level
        std::uint32_t detail = 0;  ///< symbol; place; pattern
        Form form = {};            ///< unit: what is rectified; look: what is copied
    };

    /// 1 where this symbol of the alphabet stands.
    Value symbol(std::uint32_t index) { return keep({Kind::symbol, 0, 0, index}); }
    /// 1 at the begin symbol.
    Value begin() { return keep({Kind::begin}); }
    /// An expression in i and n.
    Value place(const std::string& expression);
    /// max(0, inside)
    Value unit(const Form& inside);
    /// `copied` where the pattern looks, or its mean there; 0 where the mask leaves nothing.
    Value look(const Pattern& pattern, const Form& copied);

    const std::vector<Made>& values() const { return values_; }
    const std::vector<Pattern>& patterns() const { return patterns_; }
    const std::vector<std::string>& places() const { return places_; }

  private:
    struct Less {
        bool operator()(const Form& a, const Form& b) const;
        bool operator()(const Made& a, const Made& b) const;
        bool operator()(const Pattern& a, const Pattern& b) const;
        bool operator()(const std::vector<Form>& a, const std::vector<Form>& b) const;
    };

    Value keep(Made made);
    std::uint32_t intern(const Pattern& pattern);
    std::uint32_t level_of(const Form& form) const;

    std::vector<Made> values_;
    std::vector<Pattern> patterns_;
    std::vector<std::string> places_;
    std::map<Made, Value, Less> known_;
    std::map<Pattern, std::uint32_t, Less> known_patterns_;
};

/// How values are laid out.
struct Options {
    /// Whether a coordinate is used again for another value when nothing needs the first any more. Else a value keeps its
    /// coordinate, which is easier to read. None: where the network is large.
    std::optional<bool> reuses = {};
    std::size_t memory_bytes = std::size_t{8} << 30;  ///< that the model may take
};

struct Layout {
    network::AttentionKind kind = network::AttentionKind::hard;
    std::vector<std::string> alphabet;
    std::string begin;  ///< the begin symbol
    Options options = {};
};

/// The transformer that accepts iff `score` is positive at the last position.
///
/// Gives   one layer of attention for each level, with as many feed-forward layers behind it as rectifications follow each
///         other; a level whose heads differ in mask or tie has a layer for each pair of them
/// Throws  Unsupported if the model would take more memory than the options allow
/// Cost    O((layers + heads) · dimension) time and memory
network::Transformer assemble(const Builder& builder, const Form& score, const Layout& layout);

}  // namespace attest::programs::residual
