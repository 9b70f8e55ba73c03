#include "sets_network.hpp"

#include <fmt/format.h>

#include <map>

#include "attest/base/error.hpp"
#include "units.hpp"
#include "unused_symbol.hpp"

// Symbols that lead from every state to the same state are of one kind; a kind that leads from each to itself does not matter. The head
// of a kind scores 1 at its symbols, else 0, and copies whether it found one: without a mask it sees the whole word, so that the last
// position holds which kinds occur. In J1 that decides: symbols may be exchanged and repeated. A hidden unit tells one set from the
// others, ReLU(Σ of the set − Σ of the rest − size + 1), which is 1 for the set and 0 for every other.

namespace attest::build {

namespace {

using exact::Matrix;
using exact::Rational;
using language::Symbol;
using State = language::Dfa::State;

constexpr std::size_t most_kinds = 14;

class Kinds {
  public:
    explicit Kinds(const language::Dfa& automaton) : automaton_(automaton) {
        std::map<std::vector<State>, std::size_t> numbers;
        for (Symbol a = 0; a < automaton.alphabet.size(); ++a) {
            std::vector<State> action;
            bool moves = false;
            for (State q = 0; q < automaton.size(); ++q) {
                action.push_back(automaton.transition[q][a]);
                moves = moves || action.back() != q;
            }
            if (!moves) {
                of_.emplace_back();
                continue;
            }
            const auto [at, is_new] = numbers.emplace(std::move(action), symbols_.size());
            if (is_new) symbols_.push_back(a);
            of_.emplace_back(at->second);
        }
        if (count() > most_kinds)
            throw base::Unsupported(fmt::format("build: {} kinds of symbols, whose sets are too many", count()));
    }

    std::size_t count() const { return symbols_.size(); }
    std::optional<std::size_t> of(Symbol a) const { return of_[a]; }

    /// Whether a word with just these kinds is accepted.
    bool accepts(std::size_t set) const {
        State q = automaton_.start;
        for (std::size_t k = 0; k < count(); ++k)
            if ((set >> k & 1) != 0) q = automaton_.transition[q][symbols_[k]];
        return automaton_.accepting[q];
    }

  private:
    const language::Dfa& automaton_;
    std::vector<std::optional<std::size_t>> of_;  ///< by symbol
    std::vector<Symbol> symbols_;                 ///< one of each kind
};

Matrix one_entry(std::size_t rows, std::size_t columns, std::size_t row, std::size_t column) {
    Matrix matrix{columns, std::vector<std::vector<Matrix::Entry>>(rows)};
    matrix.rows[row].emplace_back(static_cast<std::uint32_t>(column), 1);
    return matrix;
}

/// Coordinates: 0 the answer, 1 … k the kind of the position's symbol, k + 1 … 2k which kinds occur.
network::Layer layer(const Kinds& kinds) {
    const std::size_t count = kinds.count(), width = 2 * count + 1;
    network::Attention attention;
    for (std::size_t k = 0; k < count; ++k) {
        network::Head head;
        head.query = exact::AffineMap{Matrix{width, {{}}}, {Rational(1)}};
        head.key = exact::AffineMap{one_entry(1, width, 0, 1 + k), {}};
        head.value = exact::AffineMap{one_entry(1, width, 0, 1 + k), {}};
        head.output = exact::AffineMap{one_entry(width, 1, 1 + count + k, 0), {}};
        attention.heads.push_back(std::move(head));
    }
    Units units(width);
    for (std::size_t set = 0; set < std::size_t{1} << count; ++set) {
        if (!kinds.accepts(set)) continue;
        std::vector<Matrix::Entry> entries;
        int size = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const bool occurs = (set >> k & 1) != 0;
            size += occurs ? 1 : 0;
            entries.emplace_back(static_cast<std::uint32_t>(1 + count + k), occurs ? 1 : -1);
        }
        units.add(std::move(entries), 1 - size, 0);
    }
    return {std::move(attention), units.finish(), {}};
}

}  // namespace

network::Transformer sets_network(const language::Dfa& automaton) {
    const Kinds kinds(automaton);
    network::Transformer t;
    t.alphabet = automaton.alphabet;
    t.begin = unused_symbol(automaton.alphabet);
    t.dimension = 2 * kinds.count() + 1;
    t.begin_embedding.assign(t.dimension, Rational(0));
    for (Symbol a = 0; a < automaton.alphabet.size(); ++a) {
        exact::Vector& vector = t.embedding.emplace_back(t.dimension, Rational(0));
        if (const auto kind = kinds.of(a)) vector[1 + *kind] = 1;
    }
    if (kinds.count() > 0) t.layers.push_back(layer(kinds));
    t.readout.weight.assign(t.dimension, Rational(0));
    t.readout.weight[0] = 1;
    t.readout.bias = kinds.count() == 0 && kinds.accepts(0) ? 1 : 0;
    return t;
}

}  // namespace attest::build
