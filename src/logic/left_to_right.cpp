// The simulation relation between two circuits that read a word from left to right, as the lemmas of a proof.
//
// Statement. After t symbols the miter of two such circuits has few states (circuit::Passage): pairs of what the one and what the
// other remembers. Let each state have a key, a literal of the frontier that is true in this state alone; of a counter the
// keys are "the count is k". Then for every state with key K and every other literal l of the frontier that is true in it,
// K → l is a lemma, and its proof needs those of the step before only. At the end one side's answer is a key, and what it
// implies is the other side's.
//
// Why unit propagation derives it. Write K → l as K' → l', "at step t" with the dash. If K' = w₁ ∨ w₂ ∨ …, and w = K ∧ (the
// symbol): assume w and ¬l'; then K, hence all other literals of its state, and the symbol, hence by the gates of step t
// all literals of the state that it leads to, l' among them. With all w → l' there is K' → l'. If K' is "none of the others":
// for each state before with key K the clause ¬K ∨ (those of the others that it can lead to) ∨ (l', if it leads to K') follows,
// for where all of these are false K leaves no symbol but one that leads to K', and so to l'. Assume K' and ¬l': then
// the others are false, so all K of the step before are; but there, too, the last is "none of the others". Where there are
// three symbols or more one splits by the symbol first.
//
// The same goes for gates between: a disjunction implies what its members do, a conjunction is handled like the last state.
// Nothing rests on which gates are states: what is not derived by propagation is not written, and then there is no proof.
//
// One side after the other. Where what a side remembers is not simple in itself, it may be where an answer is assumed: of
// balanced brackets the model asks at the end whether some prefix closed too much, and must remember which did, but on words that
// it accepts none did. So to show A → B, assume A: literals that follow are known, and words against them lead nowhere; so
// do words from whose state, as far as A goes, A is not reached any more, and that some other state is there is a lemma,
// step by step from the end. Then the relation is written as before, under the assumption: keys are of A's side, what is
// the same in all states that are left becomes known, and what is true in one state alone implies its key as well.
// Where that is not enough, also that two keys exclude each other, which is cubic, but with a small constant.
//
// Size. For PARITY against a counter: for each k ≤ t ≤ N one lemma for a way into [count = k] and one for it: N² in all, each of at
// most six hints, and for "none of the others" two of some hints a state in each step. Search does not find them: CDCL takes a minute
// at N = 64. Nor are the hints searched for: a symbol reaches all gates of its step, and "none of the others" all that come after
// it, but the gates that a lemma needs are those that its two literals are made of (`near`).
//
// Cases. The answer of a model may be a disjunction of cases some of which are impossible, such as a final level below the lowest one.
// Under the assumption of the disjunction these are excluded one by one before anything else.

#include "logic/left_to_right.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <unordered_set>
#include <vector>

#include "circuit/gates.hpp"
#include "circuit/passage.hpp"
#include "circuit/structure.hpp"
#include "logic/propagated_lemmas.hpp"

namespace attest::logic {

namespace {

namespace ct = circuit;
using Keys = std::vector<ct::Literal>;

constexpr std::size_t few_states = 16, few_if_exclusive = 32;

/// What one relation is about.
struct Task {
    std::vector<ct::Literal> outputs;
    ct::Literal assumption = ct::top;
    std::vector<bool> first = {};                    ///< nodes that are taken for keys before others; empty: none
    bool exclusive = false;                          ///< whether keys are shown to exclude each other
    std::vector<ct::Passage::Allowed> allowed = {};  ///< by symbols read; empty: all states
};

/// The lemmas of one relation, step by step.
class Relation {
  public:
    Relation(const ct::Circuit& circuit, const Task& task, std::int64_t length, std::size_t symbols,
             const LeftToRightOptions& options, const base::Limits& limits, PropagatedLemmas& lemmas)
        : circuit_(circuit),
          task_(task),
          length_(length),
          options_(options),
          limits_(limits),
          lemmas_(lemmas),
          passage_(circuit, task.outputs, length, symbols,
                   [&](ct::Node v) { return lemmas.value(ct::Literal(v, false)); }) {}

    bool write() {
        Keys keys{ct::top};
        for (std::int64_t t = 1; t <= length_; ++t) {
            const auto step = static_cast<std::size_t>(t);
            if (!passage_.read(options_.most_states, task_.allowed.empty() ? nullptr : &task_.allowed[step]))
                return false;
            keys_before_ = std::move(keys);
            written_.clear();
            auto found = choose_keys();
            if (!found) return false;
            keys = std::move(*found);
            if (!relate(keys)) return false;
        }
        return true;
    }

    /// Derives `from` → `to`, after the last step.
    bool implies(ct::Literal from, ct::Literal to) {
        if (!written_.insert({!from, to}).second) return true;
        if (is_disjunction(from)) return disjunction_implies(from, to);
        const bool is_rest = is_conjunction(from) && is_big(from.node()) && passage_.symbols() == 2;
        if (is_rest && rest_implies(from, to)) return true;
        if (by_letters({!from, to})) return true;
        if (!is_conjunction(from)) return false;
        if (passage_.symbols() == 2 && lemmas_.derive({!from, to, passage_.letter(0)}) && lemmas_.derive({!from, to}))
            return true;
        for (std::size_t s = 0; s < passage_.states_before(); ++s)
            if (!follows(s, from, to)) return false;
        return lemmas_.derive({!from, to});
    }

  private:
    /// What all members imply. The last one follows where the others are excluded: propagation goes on through it, mostly.
    bool disjunction_implies(ct::Literal from, ct::Literal to) {
        std::vector<ct::Literal> members;
        for (const ct::Literal l : circuit_.fan_ins(from.node()))
            if (lemmas_.value(l) <= 0) members.push_back(!l);
        for (std::size_t k = 0; k + 1 < members.size(); ++k)
            if (!implies(members[k], to)) return false;
        if (lemmas_.derive({!from, to}, near({!from, to}))) return true;
        return !members.empty() && implies(members.back(), to) && lemmas_.derive({!from, to});
    }

    /// Gates of the step that these literals are made of: few, and of few inputs; or wide, all of them, and those of many
    /// inputs of the step before, which say that one of its states is there.
    std::vector<ct::Node> near(const std::vector<ct::Literal>& literals, bool wide = false) const {
        constexpr std::size_t most_gates = 12;
        std::vector<ct::Node> gates;
        std::unordered_set<ct::Node> seen;
        const auto add = [&](ct::Literal l) {
            if (l.node() < circuit_.first_gate() || (!wide && gates.size() == most_gates)) return;
            const bool is_of_step = passage_.level(l.node()) == passage_.position();
            if (is_of_step ? !wide && is_big(l.node()) : !wide || !is_big(l.node())) return;
            if (seen.insert(l.node()).second) gates.push_back(l.node());
        };
        for (const ct::Literal l : literals) add(l);
        for (std::size_t k = 0; k < gates.size(); ++k)
            if (passage_.level(gates[k]) == passage_.position())
                for (const ct::Literal l : circuit_.fan_ins(gates[k])) add(l);
        return gates;
    }
    bool is_big(ct::Node gate) const { return circuit_.fan_ins(gate).size() > 4; }

    /// "None of the others" implies it, for either of two symbols.
    bool rest_implies(ct::Literal from, ct::Literal to) {
        const std::vector<ct::Literal> lemma{!from, to};
        const std::vector<ct::Node> gates = near(lemma, true);
        if (lemmas_.derive(lemma, gates, true)) return true;
        return lemmas_.derive({!from, to, passage_.letter(0)}, gates, true) && lemmas_.derive(lemma, gates, true);
    }

    bool is_gate(ct::Literal l, ct::GateKind kind) const {
        return l.node() >= circuit_.first_gate() && circuit_.kind(l.node()) == kind &&
               passage_.level(l.node()) == passage_.position();
    }
    bool is_conjunction(ct::Literal l) const { return !l.complemented() && is_gate(l, ct::GateKind::conjunction); }
    bool is_disjunction(ct::Literal l) const { return l.complemented() && is_gate(l, ct::GateKind::conjunction); }

    /// For each state a literal that is true in it alone; nothing where a state has none. Of the first nodes, so that
    /// those of the model come before those of the language; parities last, for what they imply is not derived by propagation.
    std::optional<Keys> choose_keys() {
        const std::size_t states = passage_.states();
        Keys keys(states, states == 1 ? ct::top : ct::bottom);
        const auto& frontier = passage_.frontier();
        is_key_.assign(frontier.size(), false);
        for (int pass = 0; pass < 4 && states > 1; ++pass)
            for (std::size_t k = 0; k < frontier.size(); ++k) {
                const bool parity = is_gate({frontier[k], false}, ct::GateKind::exclusive_or);
                const bool late = !task_.first.empty() && !task_.first[frontier[k]];
                if (pass != (late ? 2 : 0) + (parity ? 1 : 0)) continue;
                take_for_key(k, keys);
            }
        if (std::find(keys.begin(), keys.end(), ct::bottom) != keys.end()) return std::nullopt;
        return keys;
    }

    void take_for_key(std::size_t k, Keys& keys) {
        const std::size_t states = passage_.states(), count = passage_.count(k);
        for (const bool truth : {true, false}) {
            if ((truth ? count : states - count) != 1) continue;
            std::size_t state = 0;
            while (passage_.value(k, state) != truth) ++state;
            if (keys[state] != ct::bottom) continue;
            keys[state] = {passage_.frontier()[k], !truth};
            is_key_[k] = true;
        }
    }

    /// Each key implies the other literals of its state.
    bool relate(const Keys& keys) {
        if (assumes() && !make_known()) return false;
        for (std::size_t k = 0; k < passage_.frontier().size(); ++k)
            if (!relate(keys, k)) return false;
        if (!task_.exclusive) return true;
        for (std::size_t a = 0; a < keys.size(); ++a)
            for (std::size_t b = 0; b < a; ++b)
                if (!implies(keys[b], !keys[a])) return false;
        return true;
    }

    bool assumes() const { return task_.assumption != ct::top; }

    /// What is the same in all states.
    bool make_known() {
        for (std::size_t k = 0; k < passage_.frontier().size();) {
            const ct::Node v = passage_.frontier()[k];
            const std::size_t count = passage_.count(k);
            if (count != 0 && count != passage_.states()) {
                ++k;
                continue;
            }
            if (!implies({v, count != 0}, ct::bottom)) return false;
            passage_.fix(v, count != 0);
            is_key_.erase(is_key_.begin() + static_cast<std::ptrdiff_t>(k));
        }
        return true;
    }

    bool relate(const Keys& keys, std::size_t k) {
        const ct::Node v = passage_.frontier()[k];
        const std::size_t states = passage_.states(), count = passage_.count(k);
        // What is true of one state alone is said of that state alone: the states of a counter exclude each other,
        // but to say so of each two of them would take a proof of N³ lines. Of few states it is tried.
        const bool parity = is_gate({v, false}, ct::GateKind::exclusive_or);
        const bool excludes = states > 2 && !parity && (count == 1 || count == states - 1);
        for (std::size_t s = 0; s < states; ++s) {
            const bool truth = passage_.value(k, s);
            const bool excluded = excludes && truth != (count == 1);
            if (excluded && states > (task_.exclusive ? few_if_exclusive : few_states)) continue;
            const ct::Literal other(v, !truth);
            if (keys[s] == other) continue;
            if (limits_.exceeded() || lemmas_.count() > options_.most_lemmas) return false;
            if (!implies(keys[s], other) && !excluded) return false;
            if (assumes() && count == 1 && truth && !implies(other, keys[s])) return false;
        }
        return true;
    }

    /// Of a state before: it leads to a member of the conjunction that is false, or else to `to`.
    bool follows(std::size_t source, ct::Literal from, ct::Literal to) {
        std::vector<ct::Literal> clause{!keys_before_[source]};
        for (std::size_t a = 0; a < passage_.symbols(); ++a) {
            if (passage_.target(source, a) == ct::Passage::nowhere) continue;
            if (passage_.holds(from, source, a)) {
                clause.push_back(to);
                continue;
            }
            for (const ct::Literal l : circuit_.fan_ins(from.node()))
                if (!passage_.holds(l, source, a)) {
                    clause.push_back(!l);
                    break;
                }
        }
        return !written_.insert(clause).second || by_letters(clause);
    }

    /// Derives a clause; where propagation does not, first for each symbol that may stand at the position.
    bool by_letters(const std::vector<ct::Literal>& clause) {
        if (lemmas_.derive(clause, near(clause))) return true;
        if (passage_.symbols() == 2) return false;
        for (std::size_t a = 0; a < passage_.symbols(); ++a) {
            std::vector<ct::Literal> one = clause;
            one.push_back(!passage_.letter(a));
            if (!lemmas_.derive(one)) return false;
        }
        return lemmas_.derive(clause);
    }

    const ct::Circuit& circuit_;
    const Task& task_;
    std::int64_t length_;
    const LeftToRightOptions& options_;
    const base::Limits& limits_;
    PropagatedLemmas& lemmas_;
    ct::Passage passage_;
    Keys keys_before_;
    std::vector<bool> is_key_;                    // by place in the frontier
    std::set<std::vector<ct::Literal>> written_;  // clauses of this step
};

class LeftToRight {
  public:
    LeftToRight(const ct::Circuit& circuit, ct::Literal root, const Cnf& formula, std::int64_t length,
                std::size_t symbols, const LeftToRightOptions& options, const base::Limits& limits)
        : circuit_(circuit),
          formula_(formula),
          sides_{circuit.fan_ins(root.node())[0], circuit.fan_ins(root.node())[1] ^ root.complemented()},
          length_(length),
          symbols_(symbols),
          options_(options),
          limits_(limits) {}

    std::optional<std::string> prove() {
        {
            PropagatedLemmas lemmas(circuit_, formula_);
            if (write({.outputs = sides_}, lemmas) && finish(lemmas)) return lemmas.proof();
        }
        PropagatedLemmas lemmas(circuit_, formula_);
        if (!either_way(sides_[0], sides_[1], lemmas) || !either_way(sides_[1], sides_[0], lemmas)) return std::nullopt;
        if (!finish(lemmas)) return std::nullopt;
        return lemmas.proof();
    }

  private:
    bool write(const Task& task, PropagatedLemmas& lemmas) const {
        return Relation(circuit_, task, length_, symbols_, options_, limits_, lemmas).write();
    }

    /// Derives from → to, or what is the same, from the other end.
    bool either_way(ct::Literal from, ct::Literal to, PropagatedLemmas& lemmas) const {
        return one_way(from, to, lemmas) || (!limits_.exceeded() && one_way(!to, !from, lemmas));
    }

    /// Derives from → to, under the assumption that `from` holds.
    bool one_way(ct::Literal from, ct::Literal to, PropagatedLemmas& lemmas) const {
        lemmas.assume(from);
        exclude_cases(from, lemmas);
        bool done = lemmas.derive({to});
        if (!done) {
            Task task{.outputs = {from, to}, .assumption = from, .first = ct::cone_of(circuit_, std::vector{from})};
            done = leave_out(from, task, lemmas);
            for (const bool exclusive : {false, true}) {
                if (!done || limits_.exceeded()) break;
                task.exclusive = exclusive;
                Relation relation(circuit_, task, length_, symbols_, options_, limits_, lemmas);
                done = relation.write() && relation.implies(ct::top, to);
                if (done || exclusive) break;
                done = true;
            }
        }
        done = done && lemmas.derive({to});
        lemmas.assume(ct::top);
        return done;
    }

    /// Cases of a disjunction that are impossible are known to be from now on: of two literals of a case one can exclude the
    /// other although no state tells.
    void exclude_cases(ct::Literal disjunction, PropagatedLemmas& lemmas) const {
        if (!disjunction.complemented() || circuit_.kind(disjunction.node()) != ct::GateKind::conjunction) return;
        for (const ct::Literal l : circuit_.fan_ins(disjunction.node()))
            if (lemmas.value(l) == 0 && !limits_.exceeded()) lemmas.derive({l});
    }

    /// States, as far as the assumption goes, from which it is not reached are not allowed; that one of the others is there is
    /// derived for each step, from the last.
    bool leave_out(ct::Literal from, Task& task, PropagatedLemmas& lemmas) const {
        const auto steps = static_cast<std::size_t>(length_) + 1;
        ct::Passage passage(circuit_, {from}, length_, symbols_,
                            [&](ct::Node v) { return lemmas.value(ct::Literal(v, false)); });
        std::vector<std::vector<std::vector<std::uint32_t>>> targets(steps);  // [step][state before]
        std::vector<std::vector<std::vector<ct::Literal>>> literals(steps);   // [step][state]: true in it alone
        task.allowed.resize(steps);
        std::vector<std::vector<std::uint64_t>> signatures(steps);
        for (std::size_t t = 1; t < steps; ++t) {
            if (limits_.exceeded() || !passage.read(options_.most_states)) return false;
            for (std::size_t s = 0; s < passage.states_before(); ++s) {
                auto& of_state = targets[t].emplace_back();
                for (std::size_t a = 0; a < symbols_; ++a) of_state.push_back(passage.target(s, a));
            }
            task.allowed[t].frontier = passage.frontier();
            literals[t].resize(passage.states());
            for (std::size_t s = 0; s < passage.states(); ++s) signatures[t].push_back(passage.signature(s));
            for (std::size_t k = 0; k < passage.frontier().size(); ++k)
                if (passage.count(k) == 1)
                    for (std::size_t s = 0; s < passage.states(); ++s)
                        if (passage.value(k, s)) literals[t][s].emplace_back(passage.frontier()[k], false);
            for (std::size_t k = 0; k < passage.frontier().size(); ++k)
                if (passage.count(k) + 1 == passage.states())
                    for (std::size_t s = 0; s < passage.states(); ++s)
                        if (!passage.value(k, s)) literals[t][s].emplace_back(passage.frontier()[k], true);
        }
        std::vector<bool> alive(signatures[steps - 1].size(), true);
        for (std::size_t t = steps - 1; t >= 1; --t) {
            std::vector<ct::Literal> cover;
            for (std::size_t s = 0; s < alive.size(); ++s) {
                if (!alive[s]) continue;
                task.allowed[t].signatures.insert(signatures[t][s]);
                if (alive.size() == 1) continue;
                if (literals[t][s].empty()) return false;
                cover.push_back(literals[t][s].front());
            }
            const bool some_left_out = task.allowed[t].signatures.size() < alive.size();
            if (some_left_out && !lemmas.derive(cover)) return false;
            std::vector<bool> before(targets[t].size(), false);
            for (std::size_t s = 0; s < before.size(); ++s)
                for (const std::uint32_t target : targets[t][s])
                    if (target != ct::Passage::nowhere && alive[target]) before[s] = true;
            alive = std::move(before);
        }
        return true;
    }

    /// The two sides imply each other, and the root says that they differ.
    bool finish(PropagatedLemmas& lemmas) const {
        lemmas.begin_with_units();
        const ct::Literal side = lemmas.derive({sides_[0]}) ? sides_[0] : !sides_[0];
        return (side == sides_[0] || lemmas.derive({side})) && lemmas.derive({});
    }

    const ct::Circuit& circuit_;
    const Cnf& formula_;
    std::vector<ct::Literal> sides_;  // the root says that they differ
    std::int64_t length_;
    std::size_t symbols_;
    const LeftToRightOptions& options_;
    const base::Limits& limits_;
};

}  // namespace

std::optional<std::string> refute_left_to_right(const circuit::Circuit& circuit, circuit::Literal root,
                                                const Cnf& formula, std::int64_t length, std::size_t symbols,
                                                const LeftToRightOptions& options, const base::Limits& limits) {
    if (symbols < 2 || root.node() < circuit.first_gate()) return std::nullopt;
    if (circuit.kind(root.node()) != circuit::GateKind::exclusive_or) return std::nullopt;
    return LeftToRight(circuit, root, formula, length, symbols, options, limits).prove();
}

}  // namespace attest::logic
