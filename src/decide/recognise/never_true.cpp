#include <algorithm>
#include <memory>

#include "attest/decide/recognise/prove.hpp"
#include "base/random.hpp"
#include "circuit/gates.hpp"
#include "logic/tseitin.hpp"

// Which disjunctions of literals are false on all words. Words are tried first, 64 at a time: random ones, and ones
// with structure (constant, periodic, one symbol off, mirrored), since a value that some word has is thereby settled.
// Only for what no tried word reaches is a solver asked, under a bound on its work; unsure counts as reachable. Where
// there are few words all of them are tried, and no solver is needed. What is found here is not trusted by anyone: a
// certificate proves again that dropped values never occur.

namespace attest::decide {

namespace {

using circuit::Literal;

constexpr std::size_t lanes = 16;  // of 64 words each
constexpr std::int64_t most_conflicts = 2000;

class NeverTrueFinder {
  public:
    NeverTrueFinder(const compile::Inputs& inputs, std::uint64_t seed, const base::Limits& limits)
        : inputs_(inputs), limits_(limits), solver_(logic::make_solver(logic::BackEnd::cadical, {.seed = seed})) {
        base::Random random(seed);
        std::size_t all = 1;
        for (std::int64_t i = 0; i < inputs.length() && all <= lanes * 64; ++i) all *= inputs.symbols();
        complete_ = all <= lanes * 64;
        for (std::size_t k = 0; k < (complete_ ? all : lanes * 64); ++k)
            words_.push_back(complete_ ? numbered(k) : word(k, random));
    }

    std::vector<bool> operator()(const circuit::Circuit& circuit, const std::vector<std::vector<Literal>>& questions) {
        extend(circuit);
        std::vector<bool> never;
        for (const auto& question : questions) never.push_back(!seen(question) && (complete_ || refuted(question)));
        return never;
    }

  private:
    language::Word numbered(std::size_t k) const {
        language::Word w(static_cast<std::size_t>(inputs_.length()));
        for (language::Symbol& symbol : w) {
            symbol = static_cast<language::Symbol>(k % inputs_.symbols());
            k /= inputs_.symbols();
        }
        return w;
    }

    language::Word word(std::size_t k, base::Random& random) const {
        const auto length = static_cast<std::size_t>(inputs_.length());
        const std::size_t m = inputs_.symbols();
        language::Word w(length);
        const std::size_t period = 1 + random.below(4);
        for (std::size_t i = 0; i < length; ++i)
            w[i] = static_cast<language::Symbol>(k % 4 == 0 && i >= period ? w[i - period] : random.below(m));
        if (k % 4 == 1)
            for (std::size_t i = 0; i < length / 2; ++i) w[length - 1 - i] = w[i];
        if (k % 4 == 2)
            std::fill(w.begin() + static_cast<std::ptrdiff_t>(random.below(length + 1)), w.end(),
                      static_cast<language::Symbol>(random.below(m)));
        if (k % 8 >= 4 && length > 0 && k % 4 != 3)
            w[random.below(length)] = static_cast<language::Symbol>(random.below(m));
        return w;
    }

    /// Simulates, and tells the solver of, the nodes that are new.
    void extend(const circuit::Circuit& circuit) {
        const std::size_t known = values_.size() / lanes;
        values_.resize(circuit.node_count() * lanes);
        if (known == 0) set_inputs(circuit);
        for (std::size_t v = known; v < circuit.node_count(); ++v) {
            const auto node = static_cast<circuit::Node>(v);
            std::uint64_t* out = values_.data() + v * lanes;
            if (node < circuit.first_gate()) continue;
            circuit::visit_gate(
                circuit, node,
                [&](circuit::Conjunction g) {
                    std::fill(out, out + lanes, ~std::uint64_t{0});
                    for (const Literal l : g.of)
                        for (std::size_t k = 0; k < lanes; ++k) out[k] &= lane(l, k);
                },
                [&](circuit::ExclusiveOr g) {
                    for (std::size_t k = 0; k < lanes; ++k) out[k] = lane(g.of[0], k) ^ lane(g.of[1], k);
                });
        }
        logic::Cnf fresh;
        const auto first = static_cast<circuit::Node>(std::max<std::size_t>(known, circuit.first_gate()));
        logic::add_gates(fresh, circuit, first, static_cast<circuit::Node>(circuit.node_count()));
        solver_->reserve(static_cast<std::int32_t>(circuit.node_count()) - 1);
        add_formula(*solver_, fresh);
    }

    void set_inputs(const circuit::Circuit& circuit) {
        for (std::int64_t i = 1; i <= inputs_.length(); ++i)
            for (language::Symbol a = 0; a < inputs_.symbols(); ++a) {
                const Literal l = inputs_.present(i, a);
                if (l.complemented() || l.node() == 0) continue;
                for (std::size_t w = 0; w < words_.size(); ++w)
                    if (words_[w][static_cast<std::size_t>(i - 1)] == a)
                        values_[l.node() * lanes + w / 64] |= std::uint64_t{1} << w % 64;
            }
        if (!inputs_.one_hot()) return;
        // The exactly-one clauses of each position, as the encoder writes them for a circuit without gates or roots.
        const std::vector<Literal> none{circuit::top};
        circuit::Circuit bare;
        for (std::size_t k = 0; k < circuit.input_count(); ++k) bare.add_input(circuit.input_name(k));
        solver_->reserve(static_cast<std::int32_t>(circuit.input_count()));
        add_formula(*solver_, logic::formula(bare, none, inputs_.length(), inputs_.symbols()));
    }

    std::uint64_t lane(Literal l, std::size_t k) const {
        const std::uint64_t value = values_[l.node() * lanes + k];
        return l.complemented() ? ~value : value;
    }

    /// Lanes beyond the words hold no word: their inputs are all 0, which for one-hot inputs is none.
    bool seen(const std::vector<Literal>& question) const {
        for (const Literal l : question)
            for (std::size_t k = 0; k < lanes && k * 64 < words_.size(); ++k) {
                const std::size_t left = words_.size() - k * 64;
                const std::uint64_t used = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
                if ((lane(l, k) & used) != 0) return true;
            }
        return false;
    }

    bool refuted(const std::vector<Literal>& question) {
        for (const Literal l : question) {
            if (l == circuit::bottom) continue;
            solver_->limit_conflicts(most_conflicts);
            const std::vector<std::int32_t> assumption{logic::dimacs(l)};
            if (solver_->solve(assumption, limits_) != logic::Answer::unsatisfiable) return false;
        }
        return true;
    }

    const compile::Inputs& inputs_;
    const base::Limits& limits_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::vector<language::Word> words_;
    bool complete_ = false;              // words_ are all the words there are
    std::vector<std::uint64_t> values_;  // [node][lane]
};

}  // namespace

compile::NeverTrue find_never_true(const compile::Inputs& inputs, std::uint64_t seed, const base::Limits& limits) {
    auto finder = std::make_shared<NeverTrueFinder>(inputs, seed, limits);
    return [finder](const circuit::Circuit& circuit, const std::vector<std::vector<Literal>>& questions) {
        return (*finder)(circuit, questions);
    };
}

std::vector<compile::Drop> find_drops(const network::Transformer& model, std::int64_t length, std::uint64_t seed,
                                      const base::Limits& limits) {
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, model.alphabet, length);
    compile::Options options;
    options.form = compile::Form::compact;
    options.never_true = find_never_true(inputs, seed, limits);
    auto compiled = compile_model(builder, inputs, model, options, limits);
    auto* found = std::get_if<compile::CompiledModel>(&compiled);
    return found == nullptr ? std::vector<compile::Drop>{} : std::move(found->drops);
}

}  // namespace attest::decide
