#include <algorithm>
#include <array>

#include "chain.hpp"
#include "invariant.hpp"
#include "logic/lemma_proof.hpp"
#include "logic/proof.hpp"
#include "logic/tseitin.hpp"

// Why a step keeps the invariant of a chain, as lemmas each of which follows from those before by unit propagation alone, layer by
// layer: what holds of a value (its letter, where the chain stands before the step and after it) makes values exclude each other; so
// it is known what comes to each register, and so what it holds after the step; so the next nodes of the chain, so the next values.

namespace attest::induction {

using circuit::Literal;

namespace {

constexpr std::int64_t most_conflicts = 200'000;
constexpr std::size_t most_tries = 4'000'000, most_hints = std::size_t{64} << 20;

using Clause = std::vector<std::int32_t>;

class StepArgument {
  public:
    StepArgument(const Chain& chain, const ChainInvariant& invariant, const StepCircuit& step,
                 const Instances& instances, const logic::Cnf& formula, const base::Limits& limits)
        : chain_(chain), step_(step), instances_(instances), limits_(limits), proof_(formula) {
        const auto place = [&](const std::vector<Literals>& levels, std::array<std::vector<Literals>, 2>& to) {
            for (const Literals& level : levels) {
                Literals& before = to[0].emplace_back();
                Literals& after = to[1].emplace_back();
                for (const Literal l : level) {
                    before.push_back(Instances::of(instances.before, l));
                    after.push_back(Instances::of(instances.after, l));
                }
            }
        };
        place(invariant.nodes, nodes_);
        place(invariant.pairs, pairs_);
    }

    /// Whether a limit was reached, of the caller's or of its own.
    bool stopped() const { return stopped_; }
    /// Gives  the proof, whole or not
    logic::LemmaProof& run() {
        find_facts();
        for (std::size_t level = 1; level <= chain_.levels.size(); ++level) exclude_nodes(level, 0);
        std::size_t level = 0, group = 0;
        const auto next_group = [&] {
            if (level < chain_.levels.size() && chain_.levels[level].group == group) exclude_nodes(++level, 1);
            ++group;
        };
        if (step_.phases) {
            at_most_one(next_of(*step_.phases));
            add(next_of(*step_.phases));
            next_group();
        }
        boundary(0, {});
        for (std::size_t l = 0; l < step_.layers.size() && !done(); ++l) {
            for (const StepCircuit::Register& reg : step_.layers[l].registers) {
                registers(reg, step_.values[l]);
                next_group();
            }
            if (l + 1 < step_.values.size()) boundary(l + 1, step_.layers[l].cases);
        }
        end();
        return proof_;
    }

  private:
    using Literals = std::vector<Literal>;

    bool done() const { return proof_.refuted() || stopped_; }

    /// Adds a lemma; constants are left out.
    bool add(std::initializer_list<Literal> literals) { return add(std::span(literals.begin(), literals.size())); }
    bool add(std::span<const Literal> literals) {
        Clause clause;
        for (const Literal l : literals) {
            if (l == circuit::top) return true;
            if (l == circuit::bottom) continue;
            const std::int32_t d = logic::dimacs(l);
            if (std::find(clause.begin(), clause.end(), -d) != clause.end()) return true;
            if (std::find(clause.begin(), clause.end(), d) == clause.end()) clause.push_back(d);
        }
        if (clause.empty() || stopped_) return false;
        stopped_ = ++tries_ > most_tries || proof_.hints() > most_hints || (tries_ % 256 == 0 && limits_.exceeded());
        return proof_.add(clause);
    }
    bool add_after(std::initializer_list<Literal> first, const Literals& rest) {
        Literals all(first);
        all.insert(all.end(), rest.begin(), rest.end());
        return add(all);
    }

    void at_most_one(const Literals& literals) {
        for (std::size_t i = 0; i < literals.size() && !done(); ++i)
            for (std::size_t j = i + 1; j < literals.size(); ++j) add({!literals[i], !literals[j]});
    }

    Literals next_of(const LatchGroup& group) const {
        const auto first = step_.next.begin() + static_cast<std::ptrdiff_t>(group.first);
        return {first, first + static_cast<std::ptrdiff_t>(group.count)};
    }
    Literals latches_of(const LatchGroup& group) const {
        Literals result;
        for (std::size_t k = 0; k < group.count; ++k) result.push_back(step_.latch(group.first + k));
        return result;
    }
    /// That an entry of a group does not hold, as literals of a clause.
    static Literals lacks(const Literals& group, std::size_t entry) {
        if (entry < group.size()) return {!group[entry]};
        return group;
    }

    /// Of two nodes of a level at most one holds. side: 0 before the step, 1 after it.
    void exclude_nodes(std::size_t level, std::size_t side) {
        const std::vector<Chain::Pair>& pairs = chain_.levels[level - 1].pairs;
        const Literals &gates = pairs_[side][level - 1], &to = nodes_[side][level];
        if (to.size() == 1 || done()) return;
        for (std::size_t k = 0; k < pairs.size() && !done(); ++k)
            for (std::size_t p = 0; p < to.size(); ++p)
                if (p != pairs[k].to) add({!gates[k], !to[p]});
        at_most_one(to);
    }

    /// What is known of a value when it is held.
    struct Facts {
        bool seen = false;
        std::vector<Literal> hold;
    };

    void find_facts();
    void boundary(std::size_t b, const std::vector<StepCircuit::Case>& cases);
    void prove_case(std::size_t b, const StepCircuit::Case& one);
    void registers(const StepCircuit::Register& reg, const Literals& values);
    void end();
    std::size_t level_at(std::size_t boundary) const;

    const Chain& chain_;
    const StepCircuit& step_;
    const Instances& instances_;
    const base::Limits& limits_;
    logic::LemmaProof proof_;
    std::size_t tries_ = 0;
    bool stopped_ = false;
    std::array<std::vector<Literals>, 2> nodes_;  ///< before and after the step: [level × node]
    std::array<std::vector<Literals>, 2> pairs_;  ///< likewise [level × pair]
    std::vector<std::vector<Facts>> facts_;       ///< [boundary × value]
};

/// Levels of the chain that the layers below a boundary settle.
std::size_t StepArgument::level_at(std::size_t boundary) const {
    std::size_t groups = step_.phases ? 1 : 0, level = 0;
    for (std::size_t l = 0; l < boundary && l < step_.layers.size(); ++l) groups += step_.layers[l].registers.size();
    while (level < chain_.levels.size() && chain_.levels[level].group < groups) ++level;
    return level;
}

/// What all moves that have a value agree on: the letter, and the nodes before and after the step.
void StepArgument::find_facts() {
    for (std::size_t b = 0; b < step_.values.size(); ++b) {
        auto& facts = facts_.emplace_back(step_.values[b].size());
        const std::size_t level = level_at(b);
        std::vector<std::vector<const Chain::Move*>> by_value(facts.size());
        for (const Chain::Move& move : chain_.moves[b]) by_value[move.value].push_back(&move);
        for (std::size_t v = 0; v < facts.size(); ++v) {
            facts[v].seen = !by_value[v].empty();
            if (!facts[v].seen) continue;
            const Chain::Move& first = *by_value[v].front();
            const auto agree = [&](auto member) {
                return std::all_of(by_value[v].begin(), by_value[v].end(),
                                   [&](const Chain::Move* move) { return move->*member == first.*member; });
            };
            if (agree(&Chain::Move::letter)) facts[v].hold.push_back(step_.letters[first.letter]);
            if (level == 0) continue;
            if (agree(&Chain::Move::before)) facts[v].hold.push_back(nodes_[0][level][first.before]);
            if (agree(&Chain::Move::after)) facts[v].hold.push_back(nodes_[1][level][first.after]);
        }
    }
}

/// What follows from the cases of a boundary, then from its values; and that there is one.
void StepArgument::boundary(std::size_t b, const std::vector<StepCircuit::Case>& cases) {
    if (done()) return;
    const Literals& values = step_.values[b];
    for (const StepCircuit::Case& one : cases) prove_case(b, one);
    for (std::size_t v = 0; v < values.size() && !done(); ++v) {
        if (!facts_[b][v].seen) add({!values[v]});
        for (const Literal fact : facts_[b][v].hold) add({!values[v], fact});
    }
    if (b > 0) {
        const Literals& below = step_.values[b - 1];
        for (std::size_t v = 0; v < below.size(); ++v) {
            Literals some{!below[v]};
            for (const StepCircuit::Case& one : cases)
                if (one.value == v) some.push_back(values[one.result]);
            add(some);
        }
    }
    add(values);
}

void StepArgument::prove_case(std::size_t b, const StepCircuit::Case& one) {
    const Facts& facts = facts_[b][one.result];
    if (!facts.seen) add({!one.literal});
    for (const Literal fact : facts.hold) {
        if (add({!one.literal, fact})) continue;
        for (const StepCircuit::Register& reg : step_.layers[b - 1].registers) {
            const Literals held = latches_of(reg.latches);
            for (std::size_t t = 0; t < held.size(); ++t) add({!one.literal, !held[t], fact});
        }
        add({!one.literal, fact});
    }
}

/// What comes to a register, and what it holds then.
void StepArgument::registers(const StepCircuit::Register& reg, const Literals& values) {
    if (done()) return;
    const Literals& comes = reg.comes;
    for (std::size_t v = 0; v < values.size(); ++v)
        for (std::size_t c = 0; c < comes.size(); ++c)
            if (c != reg.kind_of_value[v]) add({!values[v], !comes[c]});
    add(comes);
    at_most_one(comes);
    const Literals held = latches_of(reg.latches), next = next_of(reg.latches);
    const std::size_t entries = held.size() + (reg.latches.one ? 0 : 1);
    for (std::size_t c = 0; c < comes.size(); ++c) {
        if (comes[c] == circuit::bottom) continue;
        for (std::size_t t = 0; t < entries; ++t) {
            const Literals lacking = lacks(held, t);
            // It holds what came, or what it held.
            for (const std::size_t k : {c, t})
                if (k < next.size()) add_after({!comes[c], next[k]}, lacking);
            for (std::size_t k = 0; k < next.size(); ++k) add_after({!comes[c], !next[k]}, lacking);
        }
        add_after({!comes[c]}, next);
        for (std::size_t i = 0; i < next.size(); ++i)
            for (std::size_t j = i + 1; j < next.size(); ++j) add({!comes[c], !next[i], !next[j]});
    }
    if (reg.latches.one || !comes.empty()) add(next);
    at_most_one(next);
}

/// The automaton, what is bad, and each conjunct.
void StepArgument::end() {
    if (done()) return;
    const Literals next = next_of(step_.states);
    const auto each_value = [&](Literal conclusion) {
        if (add({conclusion})) return;
        for (const Literal value : step_.values.back()) add({!value, conclusion});
        add({conclusion});
    };
    for (const Literal value : step_.values.back()) {
        for (const Literal to : next)
            if (!add({!value, !to})) add({!value, to});
        add({!value, !step_.bad});
    }
    for (const Literal conjunct : instances_.conjuncts_after) each_value(conjunct);
    each_value(!step_.bad);
}

}  // namespace

std::optional<std::string> refute(const Chain& chain, const ChainInvariant& invariant, const StepCircuit& step,
                                  const Instances& instances, const logic::Cnf& formula, const base::Limits& limits) {
    StepArgument argument(chain, invariant, step, instances, formula, limits);
    const logic::LemmaProof& proof = argument.run();
    if (proof.refuted()) return proof.refutation();
    if (argument.stopped() || limits.exceeded()) return std::nullopt;
    const logic::LratRefutation rest = logic::refute_with_lrat(proof.extended(), {}, limits, most_conflicts);
    if (rest.answer != logic::Answer::unsatisfiable || rest.proof.empty()) return std::nullopt;
    return proof.all_lemmas() + rest.proof;
}

}  // namespace attest::induction
