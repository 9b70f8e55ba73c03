// Finding sums modulo 2 that hide in AND/OR logic.
//
// All gates are simulated on a few hundred random inputs. The *atoms* are the inputs, and such operands of
// XOR gates as are themselves no sums. A gate whose column of simulated values is a sum of atoms' columns is,
// with overwhelming probability, linear: a sum modulo 2 of atoms. Walking back from it to the nearest linear
// gates gives a cut on which it should be a sum of few of them; the truth table over the cut decides. If it
// is not (leaves that depend on each other), the highest leaf is opened and the next cut tried. So block
// parities written as minterms, one-hot codes whose last wire is "none of the others", and chains and trees
// of them all come out as small XORs, whatever logic lies between. What is not found that way is treated as
// not linear.
//
// The idea of looking for functionally dependent signals by random simulation is that of SAT sweeping
// (Kuehlmann 2004); spans over GF(2) in place of equality are ours.

#include "parity_structure.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <set>

#include "base/random.hpp"

namespace attest::logic {
namespace {

constexpr std::size_t most_leaves = 10;                   // of a cut
constexpr std::size_t most_terms = 8;                     // of a sum: 2^terms clauses
constexpr std::size_t most_cone = 4096;                   // gates between cut and gate
constexpr std::size_t most_tries = 8;                     // cuts a gate
constexpr std::size_t most_words = std::size_t{1} << 26;  // of simulation

using Word = std::uint64_t;
using Kind = RecoveredGate::Kind;

class Search {
  public:
    Search(const Cnf& formula, const RecoveredCircuit& circuit, const base::Limits& limits)
        : formula_(formula), circuit_(circuit), limits_(limits), count_(circuit.gates.size()) {}

    std::optional<ParityStructure> run() {
        fan_ins_.resize(count_);
        for (std::size_t v = 1; v < count_; ++v) fan_ins_[v] = fan_ins(formula_, circuit_.gates[v]);
        simulate(4);
        if (!find_root() || !mark_cone()) return std::nullopt;
        const auto inputs = static_cast<std::size_t>(std::count_if(
            circuit_.gates.begin() + 1, circuit_.gates.end(), [](const auto& g) { return g.kind == Kind::input; }));
        const std::size_t words = inputs / 64 + 3;
        if (words * count_ > most_words || 8 * words * count_ > limits_.memory_bytes) return std::nullopt;
        simulate(words);
        for (std::size_t v = 1; v < count_; ++v) {
            if (!in_cone_[v]) continue;
            if (limits_.exceeded()) return std::nullopt;
            classify(static_cast<std::int32_t>(v));
        }
        return std::move(structure_);
    }

  private:
    void simulate(std::size_t words);
    bool is_zero(std::int32_t literal) const;
    bool find_root();
    bool mark_cone();
    void classify(std::int32_t v);
    void classify_parity(std::int32_t v);
    void make_atom(std::int32_t v);
    std::vector<Word> residue(std::int32_t v) const;
    bool nearest_cut(std::int32_t v, const std::set<std::int32_t>& opened, std::vector<std::int32_t>& leaves,
                     std::vector<std::int32_t>& cone) const;
    std::optional<ParityDefinition> define(std::int32_t v) const;
    std::optional<ParityDefinition> sum_on_cut(const std::vector<std::int32_t>& leaves,
                                               const std::vector<std::int32_t>& cone) const;

    struct BasisVector {
        std::vector<Word> bits;
        std::size_t pivot;
    };

    const Cnf& formula_;
    const RecoveredCircuit& circuit_;
    const base::Limits& limits_;
    std::size_t count_;
    std::size_t words_ = 0;
    std::vector<std::vector<std::int32_t>> fan_ins_;
    std::vector<Word> columns_;  ///< words_ for each variable
    std::vector<char> in_cone_;
    std::vector<char> is_linear_;
    std::vector<BasisVector> basis_;
    ParityStructure structure_;
};

/// Words of a gate's value from those of its fan-ins; `column(variable)` points to the words of a variable.
template <class Column>
void evaluate(Kind kind, const std::vector<std::int32_t>& literals, std::size_t words, const Column& column,
              Word* out) {
    std::fill(out, out + words, kind == Kind::conjunction ? ~Word{0} : Word{0});
    for (const std::int32_t literal : literals) {
        const Word* in = column(std::abs(literal));
        const Word flip = literal < 0 ? ~Word{0} : Word{0};
        for (std::size_t w = 0; w < words; ++w) {
            const Word value = in[w] ^ flip;
            out[w] = kind == Kind::conjunction ? out[w] & value : out[w] ^ value;
        }
    }
}

void Search::simulate(std::size_t words) {
    words_ = words;
    columns_.assign(words * count_, 0);
    base::Random random(1);
    const auto column = [&](std::int32_t v) { return columns_.data() + static_cast<std::size_t>(v) * words; };
    for (std::size_t v = 1; v < count_; ++v) {
        Word* out = columns_.data() + v * words;
        if (circuit_.gates[v].kind == Kind::input) std::generate(out, out + words, [&] { return random.bits(); });
        else evaluate(circuit_.gates[v].kind, fan_ins_[v], words, column, out);
    }
}

bool Search::is_zero(std::int32_t literal) const {
    const Word* column = columns_.data() + static_cast<std::size_t>(std::abs(literal)) * words_;
    const Word zero = literal < 0 ? ~Word{0} : Word{0};
    return std::all_of(column, column + words_, [&](Word w) { return w == zero; });
}

bool Search::find_root() {
    for (std::size_t i = circuit_.others.size(); i-- > 0;) {
        const auto clause = formula_.clause(circuit_.others[i]);
        if (clause.empty() || !std::all_of(clause.begin(), clause.end(), [&](std::int32_t l) { return is_zero(l); }))
            continue;
        structure_.root.assign(clause.begin(), clause.end());
        structure_.root_clause = circuit_.others[i];
        return true;
    }
    return false;
}

/// Marks what the root depends on; is there an XOR gate?
bool Search::mark_cone() {
    in_cone_.assign(count_, 0);
    is_linear_.assign(count_, 0);
    bool has_parity = false;
    for (const std::int32_t literal : structure_.root) in_cone_[static_cast<std::size_t>(std::abs(literal))] = 1;
    for (std::size_t v = count_; v-- > 1;) {
        if (!in_cone_[v]) continue;
        has_parity = has_parity || circuit_.gates[v].kind == Kind::parity;
        for (const std::int32_t literal : fan_ins_[v]) in_cone_[static_cast<std::size_t>(std::abs(literal))] = 1;
    }
    return has_parity;
}

void Search::classify(std::int32_t v) {
    const auto index = static_cast<std::size_t>(v);
    if (basis_.empty()) {  // the constant 1
        basis_.push_back({std::vector<Word>(words_, ~Word{0}), 0});
    }
    if (circuit_.gates[index].kind == Kind::input) return make_atom(v);
    if (circuit_.gates[index].kind == Kind::parity) return classify_parity(v);
    const std::vector<Word> rest = residue(v);
    if (std::any_of(rest.begin(), rest.end(), [](Word w) { return w != 0; })) return;
    if (auto definition = define(v)) {
        structure_.definitions.emplace(v, std::move(*definition));
        is_linear_[index] = 1;
    }
}

void Search::classify_parity(std::int32_t v) {
    const auto index = static_cast<std::size_t>(v);
    ParityDefinition definition;
    for (const std::int32_t literal : fan_ins_[index]) {
        const std::int32_t operand = std::abs(literal);
        if (!is_linear_[static_cast<std::size_t>(operand)]) make_atom(operand);
        definition.terms.push_back(operand);
        definition.constant ^= literal < 0;
    }
    definition.cone = {v};
    structure_.definitions.emplace(v, std::move(definition));
    is_linear_[index] = 1;
}

void Search::make_atom(std::int32_t v) {
    is_linear_[static_cast<std::size_t>(v)] = 1;
    std::vector<Word> bits = residue(v);
    for (std::size_t w = 0; w < words_; ++w)
        if (bits[w]) {
            const std::size_t pivot = 64 * w + static_cast<std::size_t>(std::countr_zero(bits[w]));
            basis_.push_back({std::move(bits), pivot});
            return;
        }
}

/// A column less its part in the span of the basis.
std::vector<Word> Search::residue(std::int32_t v) const {
    const Word* column = columns_.data() + static_cast<std::size_t>(v) * words_;
    std::vector<Word> bits(column, column + words_);
    for (const BasisVector& vector : basis_)
        if (bits[vector.pivot / 64] >> (vector.pivot % 64) & 1)
            for (std::size_t w = 0; w < words_; ++w) bits[w] ^= vector.bits[w];
    return bits;
}

/// Walks back from v to linear gates that are not opened. False if the cut or the cone is too large.
bool Search::nearest_cut(std::int32_t v, const std::set<std::int32_t>& opened, std::vector<std::int32_t>& leaves,
                         std::vector<std::int32_t>& cone) const {
    std::set<std::int32_t> met{v}, open_gates{v}, cut;
    std::vector<std::int32_t> stack{v};
    while (!stack.empty()) {
        const std::int32_t gate = stack.back();
        stack.pop_back();
        for (const std::int32_t literal : fan_ins_[static_cast<std::size_t>(gate)]) {
            const std::int32_t below = std::abs(literal);
            if (!met.insert(below).second) continue;
            if (is_linear_[static_cast<std::size_t>(below)] && !opened.contains(below)) {
                cut.insert(below);
            } else {
                open_gates.insert(below);
                stack.push_back(below);
            }
            if (cut.size() > most_leaves || open_gates.size() > most_cone) return false;
        }
    }
    leaves.assign(cut.begin(), cut.end());
    cone.assign(open_gates.begin(), open_gates.end());
    return true;
}

std::optional<ParityDefinition> Search::define(std::int32_t v) const {
    std::set<std::int32_t> opened;
    std::vector<std::int32_t> leaves, cone;
    for (std::size_t attempt = 0; attempt < most_tries && nearest_cut(v, opened, leaves, cone); ++attempt) {
        if (auto definition = sum_on_cut(leaves, cone)) return definition;
        const auto highest = std::find_if(leaves.rbegin(), leaves.rend(), [&](std::int32_t leaf) {
            return circuit_.gates[static_cast<std::size_t>(leaf)].kind != Kind::input;
        });
        if (highest == leaves.rend()) break;
        opened.insert(*highest);
    }
    return std::nullopt;
}

/// The last gate of the cone as a sum of some leaves, if it is one: its truth table over the leaves says.
std::optional<ParityDefinition> Search::sum_on_cut(const std::vector<std::int32_t>& leaves,
                                                   const std::vector<std::int32_t>& cone) const {
    static constexpr Word patterns[6] = {0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC, 0xF0F0F0F0F0F0F0F0,
                                         0xFF00FF00FF00FF00, 0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};
    const std::size_t words = leaves.size() <= 6 ? 1 : std::size_t{1} << (leaves.size() - 6);
    std::map<std::int32_t, std::vector<Word>> tables;  // row r has leaf i true iff bit i of r is set
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        std::vector<Word>& table = tables[leaves[i]];
        for (std::size_t w = 0; w < words; ++w)
            table.push_back(i < 6 ? patterns[i] : (w >> (i - 6) & 1) ? ~Word{0} : Word{0});
    }
    for (const std::int32_t gate : cone) {
        std::vector<Word> table(words);
        const auto column = [&](std::int32_t v) { return tables.at(v).data(); };
        evaluate(circuit_.gates[static_cast<std::size_t>(gate)].kind, fan_ins_[static_cast<std::size_t>(gate)], words,
                 column, table.data());
        tables[gate] = std::move(table);
    }
    const std::vector<Word>& table = tables.at(cone.back());
    ParityDefinition definition;
    definition.constant = table[0] & 1;
    definition.cone = cone;
    std::vector<Word> sum(words, definition.constant ? ~Word{0} : Word{0});
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const std::size_t row = std::size_t{1} << i;
        const bool is_term = static_cast<bool>(table[row / 64] >> (row % 64) & 1) != definition.constant;
        (is_term ? definition.terms : definition.others).push_back(leaves[i]);
        if (!is_term) continue;
        const std::vector<Word>& leaf = tables.at(leaves[i]);
        for (std::size_t w = 0; w < words; ++w) sum[w] ^= leaf[w];
    }
    if (sum != table || definition.terms.size() > most_terms) return std::nullopt;
    return definition;
}

}  // namespace

std::optional<ParityStructure> find_parity_structure(const Cnf& formula, const RecoveredCircuit& circuit,
                                                     const base::Limits& limits) {
    return Search(formula, circuit, limits).run();
}

}  // namespace attest::logic
