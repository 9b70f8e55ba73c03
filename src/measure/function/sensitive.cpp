#include "attest/measure/function/sensitive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/logic/sat_solver.hpp"
#include "base/random.hpp"
#include "circuit/gates.hpp"
#include "circuit/simulate.hpp"
#include "logic/cardinality.hpp"
#include "logic/proof.hpp"
#include "logic/tseitin.hpp"

namespace attest::measure {

namespace {

using circuit::Circuit;
using circuit::Literal;
using circuit::Node;

/// A function and, for each position, whether its flip changes the value, as literals over the same inputs.
class FlippedCopies {
  public:
    FlippedCopies(const Circuit& original, Literal root, std::size_t memory) : original_(original), builder_(memory) {
        images_.assign(original.node_count(), circuit::bottom);
        for (std::size_t k = 0; k < original.input_count(); ++k)
            images_[original.input(k)] = builder_.add_input(original.input_name(k));
        for (Node v = original.first_gate(); v < original.node_count(); ++v) images_[v] = gate(v, images_);
        value_ = image(root, images_);
        for (std::size_t k = 0; k < original.input_count(); ++k)
            changes_.push_back(builder_.exclusive_or(value_, flipped(root, k)));
    }

    circuit::Builder& builder() { return builder_; }
    Literal value() const { return value_; }
    const std::vector<Literal>& changes() const { return changes_; }

  private:
    static Literal image(Literal l, const std::vector<Literal>& images) { return images[l.node()] ^ l.complemented(); }

    Literal gate(Node v, const std::vector<Literal>& images) {
        return circuit::form_again(builder_, original_, v, [&](Literal l) { return image(l, images); });
    }

    /// The root with input k complemented; only what depends on it is made again.
    Literal flipped(Literal root, std::size_t k) {
        std::vector<Literal> images = images_;
        images[original_.input(k)] = !images[original_.input(k)];
        for (Node v = original_.first_gate(); v <= root.node(); ++v) {
            const auto in = original_.fan_ins(v);
            const bool touched =
                std::any_of(in.begin(), in.end(), [&](Literal l) { return images[l.node()] != images_[l.node()]; });
            if (touched) images[v] = gate(v, images);
        }
        return image(root, images);
    }

    const Circuit& original_;
    circuit::Builder builder_;
    std::vector<Literal> images_;
    Literal value_;
    std::vector<Literal> changes_;
};

/// Of the flipped copies and their count: a solver may take minutes for a conflict of more.
constexpr std::size_t most_gates_in_copies = 1 << 19;

class Search {
  public:
    Search(const Circuit& circuit, Literal root, bool value, const SensitiveOptions& options,
           const base::Limits& limits)
        : circuit_(circuit),
          root_(root),
          value_(value),
          options_(options),
          limits_(limits),
          copies_(circuit, root, limits.memory_bytes),
          at_least_(logic::at_least(copies_.builder(), copies_.changes())) {
        result_.upper = static_cast<unsigned>(circuit.input_count());
    }

    MostSensitive run() {
        if (copies_.builder().exhausted())
            return open("the circuit of all flips takes more memory than allowed", verdict::Reason::memory);
        try_inputs();
        if (const std::size_t gates = copies_.builder().circuit().gate_count(); gates > most_gates_in_copies)
            return open(fmt::format("the circuit of all flips has {} gates, too many for a solver", gates));
        start_solver();
        while (!result_.input || result_.lower < result_.upper) {
            const unsigned k = result_.input ? result_.lower + 1 : 0;
            const Literal question = ask(k);
            if (options_.progress) options_.progress(fmt::format("an input with {} sensitive positions", k));
            solver_->limit_conflicts(options_.most_conflicts);
            const std::vector<std::int32_t> assumptions = assume(k);
            const logic::Answer answer =
                question == circuit::bottom ? logic::Answer::unsatisfiable : solver_->solve(assumptions, limits_);
            if (answer == logic::Answer::unknown) return give_up();
            if (answer == logic::Answer::unsatisfiable) return close(question);
            std::vector<bool> input;
            for (std::size_t i = 0; i < circuit_.input_count(); ++i)
                input.push_back(solver_->value(static_cast<std::int32_t>(circuit_.input(i))));
            const unsigned before = result_.lower;
            if (!look(input) || result_.lower < std::max(k, before))
                throw base::InternalError(
                    "an input from the solver has fewer sensitive positions than it says: please report this");
        }
        return result_;
    }

  private:
    MostSensitive open(const std::string& why, std::optional<verdict::Reason> stopped = std::nullopt) {
        result_.reason = why;
        result_.stopped = stopped;
        return result_;
    }

    MostSensitive give_up() {
        const auto limit = limits_.exceeded();
        if (limit) return open("the solver was stopped", verdict::reason_of(*limit));
        return open(fmt::format("the solver gave up after {} conflicts", options_.most_conflicts));
    }

    /// Keeps the input if it has this value and more sensitive positions than the best; false if it has another value.
    bool look(const std::vector<bool>& input) {
        if (evaluate(circuit_, root_, input) != value_) return false;
        unsigned count = 0;
        std::vector<bool> other = input;
        for (std::size_t i = 0; i < input.size(); ++i) {
            other[i] = !other[i];
            count += evaluate(circuit_, root_, other) != value_ ? 1 : 0;
            other[i] = !other[i];
        }
        if (!result_.input || count > result_.lower) {
            result_.lower = count;
            result_.input = input;
        }
        return true;
    }

    /// Constant and random inputs: often as good as any.
    void try_inputs() {
        base::Random random(options_.seed);
        const std::size_t n = circuit_.input_count();
        look(std::vector<bool>(n, false));
        look(std::vector<bool>(n, true));
        for (int k = 0; k < 16; ++k) {
            std::vector<bool> input(n);
            for (std::size_t i = 0; i < n; ++i) input[i] = random.chance(1, 2);
            look(input);
        }
    }

    void start_solver() {
        const Circuit& c = copies_.builder().circuit();
        solver_ = logic::make_solver(logic::BackEnd::cadical, {.seed = options_.seed});
        solver_->reserve(static_cast<std::int32_t>(c.node_count()) - 1);
        logic::Cnf gates;
        logic::add_gates(gates, c, c.first_gate(), static_cast<Node>(c.node_count()));
        add_formula(*solver_, gates);
    }

    Literal asked_value() const { return copies_.value() ^ !value_; }
    Literal asked_count(unsigned k) const { return k == 0 ? circuit::top : at_least_[k - 1]; }
    /// Known to be false without a solver, or not.
    Literal ask(unsigned k) const {
        return asked_value() == circuit::bottom || asked_count(k) == circuit::bottom ? circuit::bottom : circuit::top;
    }
    std::vector<std::int32_t> assume(unsigned k) const {
        std::vector<std::int32_t> literals;
        for (const Literal l : {asked_value(), asked_count(k)})
            if (l.node() != 0) literals.push_back(logic::dimacs(l));
        return literals;
    }

    /// The solver has no input for the next k: once more without what it learnt, for a proof.
    MostSensitive close(Literal question) {
        const unsigned k = result_.input ? result_.lower + 1 : 0;
        if (question != circuit::bottom) {
            const std::string objection = refute(k);
            if (!objection.empty())
                return open(fmt::format("no input has {} sensitive positions, unchecked: {}", k, objection));
        }
        result_.never = !result_.input;
        result_.upper = result_.lower;
        return result_;
    }

    std::string refute(unsigned k) {
        if (!options_.check) return "no checker is at hand";
        std::vector<Literal> roots{copies_.builder().conjunction({asked_value(), asked_count(k)})};
        const Circuit asked = cone(copies_.builder().circuit(), roots);
        const logic::Cnf formula = logic::formula(asked, roots, static_cast<std::int64_t>(asked.input_count()), 2);
        const logic::LratRefutation made =
            logic::refute_with_lrat(formula, {.seed = options_.seed}, limits_, 4 * options_.most_conflicts);
        if (made.answer == logic::Answer::satisfiable)
            throw base::InternalError("the solver contradicts itself about sensitive positions: please report this");
        if (made.answer == logic::Answer::unknown) return "the solver gave up on the proof";
        if (!made.missing.empty()) return made.missing;
        std::string objection = options_.check(formula, made.proof);
        if (objection.empty() && options_.keep) options_.keep({value_, k, formula, made.proof});
        return objection;
    }

    const Circuit& circuit_;
    Literal root_;
    bool value_;
    const SensitiveOptions& options_;
    const base::Limits& limits_;
    FlippedCopies copies_;
    std::vector<Literal> at_least_;
    std::unique_ptr<logic::SatSolver> solver_;
    MostSensitive result_;
};

}  // namespace

MostSensitive most_sensitive(const Circuit& circuit, Literal root, bool value, const SensitiveOptions& options,
                             const base::Limits& limits) {
    return Search(circuit, root, value, options, limits).run();
}

}  // namespace attest::measure
