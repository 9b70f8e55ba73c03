#include "attest/decide/ablate/switches.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/compile/compile.hpp"
#include "attest/logic/sat_solver.hpp"
#include "compile/kinds.hpp"
#include "logic/cardinality.hpp"
#include "logic/tseitin.hpp"

// Is there a set S of parts, small, such that for all words w the rest answers rightly? Two solvers. One knows the circuit
// wrong(S, w), and is asked, S being assumed, for a word. The other knows wrong(S, w) for the words so far, with w put in,
// as circuits over the switches alone, and how many switches are on; it is asked for an S of at most k parts that is wrong
// on none of them. If there is none, no set of k parts is enough. Being enough is not monotone, and nothing here needs it
// to be.

namespace attest::ablate {

namespace {

using circuit::Circuit;
using circuit::Literal;
using language::Word;

/// A literal for each part, in the order of parts_of, where the compiler looks for it.
compile::Switches switches_of(const network::Transformer& t, const std::vector<Part>& parts,
                              const std::vector<Literal>& literals) {
    compile::Switches switches;
    for (const network::Layer& layer : t.layers) {
        switches.heads.emplace_back(layer.attention ? layer.attention->heads.size() : 0);
        switches.feedforward.push_back(circuit::bottom);
    }
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const std::size_t l = parts[k].layer - 1;
        (parts[k].head == 0 ? switches.feedforward[l] : switches.heads[l][parts[k].head - 1]) = literals[k];
    }
    return switches;
}

struct Wrong {
    circuit::Builder builder;
    compile::Inputs inputs;
    std::vector<Literal> switches;
    Literal root;  ///< the rest is wrong on the word
};

class Builder {
  public:
    Builder(const SwitchQuestion& question, const std::vector<Part>& parts, const base::Limits& limits)
        : q_(question), parts_(parts), limits_(limits) {}

    std::variant<Wrong, verdict::Undecided> build() const {
        circuit::Builder builder(limits_.memory_bytes);
        const compile::Inputs inputs(builder, q_.model.alphabet, q_.length);
        std::vector<Literal> literals;
        for (const Part& part : parts_) literals.push_back(builder.add_input("keep " + to_string(part)));
        const compile::Switches switches = switches_of(q_.model, parts_, literals);
        const auto rest = accept(builder, inputs, &switches);
        if (const auto* why = std::get_if<verdict::Undecided>(&rest)) return *why;
        const auto wanted = q_.language != nullptr ? compile_language(builder, inputs, *q_.language, q_.meaning)
                                                   : accept(builder, inputs, nullptr);
        if (const auto* why = std::get_if<verdict::Undecided>(&wanted)) return *why;
        const Literal root = builder.exclusive_or(std::get<Literal>(rest), std::get<Literal>(wanted));
        if (builder.exhausted())
            return verdict::Undecided{verdict::Reason::memory, "the circuit with switches passes the memory limit"};
        return Wrong{std::move(builder), inputs, std::move(literals), root};
    }

  private:
    using Accept = std::variant<Literal, verdict::Undecided>;

    Accept accept(circuit::Builder& builder, const compile::Inputs& inputs, const compile::Switches* switches) const {
        compile::Options options;
        options.form = compile::Form::compact;
        options.switches = switches;
        auto compiled = compile_model(builder, inputs, q_.model, options, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return std::move(*why);
        return std::get<compile::CompiledModel>(compiled).accept;
    }

    const SwitchQuestion& q_;
    const std::vector<Part>& parts_;
    const base::Limits& limits_;
};

/// wrong(·, w) over the switches alone, for one word after the other, in one circuit.
class OverSwitches {
  public:
    OverSwitches(const Wrong& wrong, const base::Limits& limits) : wrong_(wrong), builder_(limits.memory_bytes) {
        for (std::size_t k = 0; k < wrong.switches.size(); ++k) switches_.push_back(builder_.add_input("keep"));
        at_least_ = logic::at_least(builder_, switches_);
    }

    const Circuit& circuit() const { return builder_.circuit(); }
    Literal at_least(std::size_t parts) const { return at_least_[parts - 1]; }
    Literal keep(std::size_t part) const { return switches_[part]; }
    bool exhausted() const { return builder_.exhausted(); }

    Literal put_in(const std::vector<bool>& word_inputs) {
        const Circuit& from = wrong_.builder.circuit();
        std::vector<Literal> image(from.node_count(), circuit::bottom);
        const std::size_t words = from.input_count() - switches_.size();
        for (std::size_t k = 0; k < from.input_count(); ++k)
            image[from.input(k)] = k < words ? (word_inputs[k] ? circuit::top : circuit::bottom) : switches_[k - words];
        const auto mapped = [&](Literal l) { return image[l.node()] ^ l.complemented(); };
        std::vector<Literal> fan_ins;
        for (circuit::Node v = from.first_gate(); v < from.node_count(); ++v) {
            fan_ins.clear();
            for (const Literal l : from.fan_ins(v)) fan_ins.push_back(mapped(l));
            image[v] = from.kind(v) == circuit::GateKind::conjunction ? builder_.conjunction(fan_ins)
                                                                      : builder_.exclusive_or(fan_ins[0], fan_ins[1]);
        }
        return mapped(wrong_.root);
    }

  private:
    const Wrong& wrong_;
    circuit::Builder builder_;
    std::vector<Literal> switches_, at_least_;
};

class Smallest {
  public:
    Smallest(const SwitchQuestion& question, const Wrong& wrong, const std::vector<Part>& parts,
             const base::Limits& limits)
        : q_(question),
          wrong_(wrong),
          parts_(parts),
          limits_(limits),
          over_(wrong, limits),
          words_(logic::make_solver(logic::BackEnd::cadical, {.seed = question.seed})),
          sets_(logic::make_solver(logic::BackEnd::cadical, {.seed = question.seed})) {
        add_formula(*words_, logic::formula(wrong.builder.circuit(), std::vector<Literal>{wrong.root}, question.length,
                                            question.model.alphabet.size()));
        sets_->reserve(static_cast<std::int32_t>(parts.size()));
    }

    std::variant<SmallestSets, verdict::Undecided> find() {
        for (std::size_t size = 0; size <= parts_.size();) {
            if (q_.progress) q_.progress(fmt::format("sets of {} parts, {} words so far", size, result_.words.size()));
            const logic::Answer some = next_set(size);
            if (some == logic::Answer::unknown) return stopped();
            if (some == logic::Answer::unsatisfiable) {
                if (!result_.kept.empty()) break;
                ++size;
                continue;
            }
            const logic::Answer broken = next_word();
            if (broken == logic::Answer::unknown || over_.exhausted()) return stopped();
            if (broken == logic::Answer::unsatisfiable) take();
            if (result_.kept.size() == q_.most_sets) return std::move(result_);
        }
        result_.all = true;
        return std::move(result_);
    }

  private:
    verdict::Undecided stopped() const {
        const auto limit = limits_.exceeded();
        return {limit ? verdict::reason_of(*limit) : verdict::Reason::memory,
                fmt::format("after {} words that break sets", result_.words.size())};
    }

    /// A set of at most so many parts that is wrong on none of the words.
    logic::Answer next_set(std::size_t size) {
        add_new_gates();
        std::vector<std::int32_t> assumed;
        if (size < parts_.size()) assumed.push_back(-logic::dimacs(over_.at_least(size + 1)));
        const logic::Answer answer = sets_->solve(assumed, limits_);
        if (answer != logic::Answer::satisfiable) return answer;
        kept_.clear();
        for (std::size_t k = 0; k < parts_.size(); ++k) kept_.push_back(sets_->value(logic::dimacs(over_.keep(k))));
        return answer;
    }

    void add_new_gates() {
        logic::Cnf gates;
        add_gates(gates, over_.circuit(), known_, static_cast<circuit::Node>(over_.circuit().node_count()));
        known_ = static_cast<circuit::Node>(over_.circuit().node_count());
        gates.variables = static_cast<std::int32_t>(known_ - 1);
        add_formula(*sets_, gates);
        for (const Literal right : right_) {
            if (right == circuit::top) continue;
            if (right == circuit::bottom) add_never();
            else sets_->add_clause(std::vector<std::int32_t>{logic::dimacs(right)});
        }
        right_.clear();
    }

    /// A word on which every set is wrong.
    void add_never() {
        const std::int32_t some = logic::dimacs(over_.keep(0));
        sets_->add_clause(std::vector<std::int32_t>{some});
        sets_->add_clause(std::vector<std::int32_t>{-some});
    }

    /// A word on which the set is wrong.
    logic::Answer next_word() {
        std::vector<std::int32_t> assumed;
        for (std::size_t k = 0; k < parts_.size(); ++k)
            assumed.push_back((kept_[k] ? 1 : -1) * logic::dimacs(wrong_.switches[k]));
        const logic::Answer answer = words_->solve(assumed, limits_);
        if (answer != logic::Answer::satisfiable) return answer;
        const Circuit& circuit = wrong_.builder.circuit();
        std::vector<bool> inputs;
        for (std::size_t k = 0; k < circuit.input_count() - parts_.size(); ++k)
            inputs.push_back(words_->value(static_cast<std::int32_t>(circuit.input(k))));
        result_.words.push_back(wrong_.inputs.decode(inputs));
        right_.push_back(!over_.put_in(inputs));
        return answer;
    }

    /// The set is enough; no other with all of its parts is asked for.
    void take() {
        std::vector<Part>& kept = result_.kept.emplace_back();
        std::vector<std::int32_t> another;
        for (std::size_t k = 0; k < parts_.size(); ++k) {
            if (!kept_[k]) continue;
            kept.push_back(parts_[k]);
            another.push_back(-logic::dimacs(over_.keep(k)));
        }
        if (another.empty()) add_never();
        else sets_->add_clause(another);
    }

    const SwitchQuestion& q_;
    const Wrong& wrong_;
    const std::vector<Part>& parts_;
    const base::Limits& limits_;
    OverSwitches over_;
    std::unique_ptr<logic::SatSolver> words_, sets_;
    circuit::Node known_ = 0;     ///< gates that the second solver knows
    std::vector<Literal> right_;  ///< of it, to be asserted
    std::vector<bool> kept_;
    SmallestSets result_;
};

bool repeats(const network::Transformer& t) {
    return std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& layer) { return layer.repeat; });
}

}  // namespace

std::variant<SmallestSets, verdict::Undecided> smallest_by_solver(const SwitchQuestion& question,
                                                                  const base::Limits& limits) {
    if (!compile::has_circuit(question.model) || repeats(question.model))
        return verdict::Undecided{
            verdict::Reason::unsupported,
            "a circuit with switches is made of models of hard or average attention without repeat"};
    const std::vector<Part> parts = parts_of(question.model);
    if (parts.empty()) return verdict::Undecided{verdict::Reason::unsupported, "the model has no parts"};
    if (question.progress) question.progress("compiling with switches");
    auto built = Builder(question, parts, limits).build();
    if (auto* why = std::get_if<verdict::Undecided>(&built)) return std::move(*why);
    return Smallest(question, std::get<Wrong>(built), parts, limits).find();
}

}  // namespace attest::ablate
