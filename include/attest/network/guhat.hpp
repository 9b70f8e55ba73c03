#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::network {

/// A value of a table, as its index in the `Values` that hold it: equal indices are equal values.
enum class ValueId : std::uint32_t {};

/// What attention can find: a position (from 1) and the value that it holds.
struct Pair {
    std::int64_t position = 0;
    ValueId value{};
    auto operator<=>(const Pair&) const = default;
};

/// The values that positions may hold, each kept once: symbols, bounded activations, and tuples of what a position
/// held and what its heads attended to.
class Values {
  public:
    enum class Kind : std::uint8_t { symbol, activation, tuple };

    /// `number`: index in the alphabet; the alphabet's size stands for the end symbol.
    ValueId symbol(std::uint64_t number) { return keep({static_cast<std::uint64_t>(Kind::symbol), number}); }
    ValueId activation(std::uint64_t number) { return keep({static_cast<std::uint64_t>(Kind::activation), number}); }
    ValueId tuple(ValueId own, const std::vector<Pair>& attended);

    Kind kind(ValueId value) const { return static_cast<Kind>(at(value)[0]); }
    /// Needs   a symbol or an activation
    std::uint64_t number(ValueId value) const { return at(value)[1]; }
    /// Needs   a tuple
    ValueId own(ValueId value) const { return static_cast<ValueId>(at(value)[1]); }
    std::vector<Pair> attended(ValueId value) const;

    /// The order of files, which does not depend on the order in which values were made: symbols in the order of the
    /// alphabet, activations by number, tuples by their first difference.
    std::strong_ordering compare(ValueId a, ValueId b) const;

    std::size_t size() const { return codes_.size(); }

  private:
    using Code = std::vector<std::uint64_t>;  // kind, then number, or own value and pairs
    struct Hash {
        std::size_t operator()(const Code& code) const;
    };

    ValueId keep(Code code) { return codes_.number(std::move(code)); }
    const Code& at(ValueId value) const { return codes_[value]; }

    base::Interner<Code, std::unordered_map<Code, ValueId, Hash>> codes_;
};

/// A generalized unique hard attention transformer at one word length, as tables (specification: tables, version 1).
///
/// Layers, heads and positions count from 1. The value of a position is the symbol at layer 0; after a bounded layer an
/// activation; after an unbounded layer, and always after the last, the tuple of all that it saw.
/// Source  [hahn2020theoretical], [hao2022formal]
struct Guhat {
    struct Asking {
        std::int64_t layer = 0;
        std::int64_t head = 0;
        std::int64_t position = 0;
        ValueId value{};  ///< of layer − 1
        auto operator<=>(const Asking&) const = default;
    };
    struct Seen {
        std::int64_t layer = 0;
        std::int64_t position = 0;
        ValueId tuple{};  ///< of the value of layer − 1 and what the heads attended to
        auto operator<=>(const Seen&) const = default;
    };

    std::string name;
    language::Alphabet alphabet{{"0", "1"}};
    std::optional<std::string> end;
    std::int64_t length = 0;  ///< N, of the words
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::optional<std::int64_t> activations;  ///< A; none: unbounded
    Values values;
    std::map<Asking, std::vector<Pair>> attention;  ///< most wanted first; pairs not listed follow by position
    std::map<Seen, std::int64_t> activation;        ///< bounded layers; 0 where there is no entry
    std::set<ValueId> accept;                       ///< values after the last layer at the last position

    /// n, the length of the sequence: its last position is the one that is read.
    std::int64_t positions() const { return length + (end ? 1 : 0); }
    /// Whether values after this layer are numbers below `activations`.
    bool bounded(std::int64_t layer) const { return activations.has_value() && layer >= 1 && layer < layers; }
};

/// What every position held and where its heads looked, on one word. What the readout does not need is left out: after
/// the last layer only the last position has a value.
struct GuhatTrace {
    std::vector<std::vector<std::optional<ValueId>>> held;  ///< [boundary 0 … L][position from 0]
    std::vector<std::vector<std::vector<std::int64_t>>>
        attended;  ///< [layer][head][position from 0]: position, 0 if not asked
};

/// Runs words through the tables. One thread at a time: values that were not met before are added to those of the tables.
class GuhatEvaluator {
  public:
    explicit GuhatEvaluator(Guhat guhat);

    /// Whether the tables accept the word.
    ///
    /// Exact   yes
    /// Throws  InputError for a word of another length
    /// Cost    O(L H n k) for lists of k pairs
    bool accepts(const language::Word& word, GuhatTrace* trace = nullptr);

    /// The value at the last position after the last layer.
    ValueId final_value(const language::Word& word, GuhatTrace* trace = nullptr);

    /// The tables, with the values that were met.
    const Guhat& guhat() const { return guhat_; }

  private:
    std::int64_t attend(std::int64_t layer, std::int64_t head, std::int64_t position,
                        const std::vector<ValueId>& held) const;

    Guhat guhat_;
};

}  // namespace attest::network
