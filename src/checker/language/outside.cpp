#include "checker/language/outside.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "checker/kernel/defect.hpp"
#include "checker/language/permutations.hpp"

// FORMAT.md, section 22: one function a rule. Words run on the minimal automaton; nothing else is known of the language,
// and no monoid is made.

namespace attest::checker {
namespace {

using State = std::size_t;
using Letters = std::vector<std::size_t>;

const std::string at_evidence = "manifest.json: evidence";

[[noreturn]] void refuse(const std::string& reason) { throw Defect(at_evidence, reason); }

/// The words of the evidence on the automaton.
class Rule {
  public:
    Rule(const RuleEvidence& evidence, const Language& language, Budget& budget)
        : evidence_(evidence), language_(language), automaton_(*language.automaton), budget_(budget) {
        for (const auto& [name, text] : evidence.words) words_[name] = read(name, text);
    }

    void check() {
        static const std::map<std::string, void (Rule::*)()> rules = {
            {"J1", &Rule::exchanged},    {"stutter", &Rule::repeated},
            {"R", &Rule::returns},       {"L", &Rule::returns_from_left},
            {"DA", &Rule::regular},      {"R-groups", &Rule::two_idempotents},
            {"star-free", &Rule::cycle}, {"quasi-aperiodic", &Rule::cycle_at_one_length},
            {"FOC", &Rule::letters_far}, {"solvable", &Rule::group},
            {"C-RASP", &Rule::counters}};
        (this->*rules.at(evidence_.rule))();
    }

  private:
    Letters read(const std::string& name, const std::string& text) {
        Letters word;
        budget_.memory(text.size(), 16);
        for (const Symbol& symbol : characters(text)) {
            budget_.step(language_.alphabet.size());
            const auto at = std::find(language_.alphabet.begin(), language_.alphabet.end(), symbol);
            if (at == language_.alphabet.end()) throw Defect(at_evidence + "." + name, "not a word over the alphabet");
            word.push_back(static_cast<std::size_t>(at - language_.alphabet.begin()));
        }
        return word;
    }

    const Letters& word(const std::string& name) const { return words_.at(name); }
    std::uint64_t number(const std::string& name) const { return evidence_.numbers.at(name); }

    State run(State from, const Letters& letters) {
        budget_.step(letters.size());
        for (const std::size_t a : letters) from = automaton_.next[from][a];
        return from;
    }

    State run(State from, std::initializer_list<const char*> names) {
        for (const char* name : names) from = run(from, word(name));
        return from;
    }

    State start() { return run(automaton_.start, word("x")); }

    /// From just one of the states y leads to acceptance.
    void separated(State p, State r) {
        if (automaton_.accepting[run(p, word("y"))] == automaton_.accepting[run(r, word("y"))])
            refuse("both words are in the language, or neither");
    }

    void one_letter(const char* name) {
        if (word(name).size() != 1) throw Defect(at_evidence + "." + name, "one symbol was expected");
    }

    /// The map of states that the words are, one after the other, so often.
    std::vector<State> map(std::initializer_list<const char*> names, std::uint64_t times = 1) {
        budget_.memory(24 * automaton_.states());
        std::vector<State> once(automaton_.states()), all(automaton_.states());
        for (State q = 0; q < once.size(); ++q) once[q] = run(q, names);
        std::iota(all.begin(), all.end(), State{0});
        budget_.step(times, all.size());
        for (std::uint64_t k = 0; k < times; ++k)
            for (State& q : all) q = once[q];
        return all;
    }

    static void idempotent(const std::vector<State>& map) {
        for (const State q : map)
            if (map[q] != q) refuse("not idempotent");
    }

    /// a ≠ b: x a b y or x b a y; a = b: x a a y or x a y.
    void exchanged() {
        one_letter("a");
        one_letter("b");
        if (word("a") == word("b")) separated(run(start(), {"a", "a"}), run(start(), {"a"}));
        else separated(run(start(), {"a", "b"}), run(start(), {"b", "a"}));
    }

    void repeated() {
        one_letter("a");
        separated(run(start(), {"a", "a"}), run(start(), {"a"}));
    }

    void returns() {
        const State p = start();
        if (run(p, {"u", "v"}) != p) refuse("x u v does not lead to the state of x");
        separated(p, run(p, {"u"}));
    }

    void returns_from_left() {
        const std::vector<State> e = map({"s", "t"}, number("K"));
        idempotent(e);
        separated(e[start()], e[run(start(), {"t"})]);
    }

    void regular() {
        const std::vector<State> e = map({"a", "b", "c"}, number("K"));
        idempotent(e);
        separated(e[run(e[start()], {"b"})], e[start()]);
    }

    void two_idempotents() {
        const std::vector<State> e = map({"e"}), f = map({"f"});
        idempotent(e);
        idempotent(f);
        for (State q = 0; q < e.size(); ++q)
            if (f[e[q]] != f[q] || e[f[q]] != e[q]) refuse("e f is not f, or f e is not e");
        separated(e[start()], f[start()]);
    }

    /// p₀, p₀·v, …, which return after q steps and are not all accepted, or rejected, with y.
    std::vector<State> around(State p) {
        const std::uint64_t q = number("q");
        if (q < 2) throw Defect(at_evidence + ".q", "at least 2 was expected");
        std::vector<State> states{p};
        budget_.memory(q, 8);
        for (std::uint64_t k = 1; k < q; ++k) states.push_back(run(states.back(), {"v"}));
        if (run(states.back(), {"v"}) != p) refuse("v does not lead back after q times");
        const auto accepts = [&](State s) { return automaton_.accepting[run(s, word("y"))]; };
        if (std::all_of(states.begin(), states.end(), [&](State s) { return accepts(s) == accepts(p); }))
            refuse("with y all are in the language, or none");
        return states;
    }

    void cycle() { around(start()); }

    void cycle_at_one_length() {
        if (word("u").empty() || word("u").size() != word("v").size())
            refuse("u and v are not of one length, or empty");
        for (const State p : around(run(start(), {"u"})))
            if (run(p, {"u"}) != p) refuse("u changes a state");
    }

    void letters_far() {
        one_letter("a");
        one_letter("b");
        if (word("a") == word("b")) refuse("a and b are one symbol");
        if (word("v").empty() || (word("u").size() + word("w").size() + 1) % word("v").size() != 0)
            refuse("the length of v does not divide that of u, w and a symbol");
        const State p = run(start(), {"a", "u", "v"}), r = run(start(), {"b", "u", "v"});
        if (run(p, {"v"}) != p || run(r, {"v"}) != r) refuse("v changes a state");
        separated(run(p, {"w", "b"}), run(r, {"w", "a"}));
    }

    void group() {
        const std::vector<std::size_t>& states = evidence_.states;
        std::map<State, std::uint32_t> number_of;
        for (const State q : states) {
            if (q >= automaton_.states()) throw Defect(at_evidence + ".states", "the automaton has no such state");
            number_of.emplace(q, static_cast<std::uint32_t>(number_of.size()));
        }
        Permutation permutations[2];
        for (int k = 0; k < 2; ++k) {
            std::set<State> image;
            for (const State q : states) {
                const auto at = number_of.find(run(q, {k == 0 ? "u" : "v"}));
                if (at == number_of.end() || !image.insert(at->first).second)
                    refuse("a word does not permute the states");
                permutations[k].push_back(at->second);
            }
        }
        if (is_solvable(permutations[0], permutations[1], budget_)) refuse("the group is solvable");
    }

    void reach_each_other(const std::vector<State>& states) {
        for (const State from : states) {
            std::set<State> seen{from};
            std::vector<State> queue{from};
            budget_.memory(64 * automaton_.states());
            for (std::size_t k = 0; k < queue.size(); ++k)
                for (const std::uint32_t to : automaton_.next[queue[k]]) {
                    budget_.step(16);
                    if (seen.insert(to).second) queue.push_back(to);
                }
            for (const State to : states)
                if (!seen.contains(to)) refuse("some state is not reached from another");
        }
    }

    /// The class of each state that has one.
    std::map<State, std::size_t> classes() {
        std::map<State, std::size_t> class_of;
        std::vector<State> all;
        for (std::size_t c = 0; c < evidence_.classes.size(); ++c)
            for (const State q : evidence_.classes[c]) {
                if (q >= automaton_.states()) throw Defect(at_evidence + ".classes", "the automaton has no such state");
                if (!class_of.emplace(q, c).second) throw Defect(at_evidence + ".classes", "a state is in two classes");
                all.push_back(q);
            }
        if (evidence_.classes.size() == all.size()) throw Defect(at_evidence + ".classes", "each class has one state");
        reach_each_other(all);
        return class_of;
    }

    /// Σ times (V(to) − V(from) − E(class of from, letter)) = V(first) − V(second)
    void adds_up(const EdgeSum& sum, const std::map<State, std::size_t>& class_of) {
        std::map<State, Rational> values;
        std::map<std::pair<std::size_t, std::size_t>, Rational> letters;
        values[sum.first] -= 1;
        values[sum.second] += 1;
        for (const EdgeSum::Edge& edge : sum.edges) {
            budget_.arithmetic(digits_of(edge.times));
            const Letters letter = read("sums", edge.letter);
            if (letter.size() != 1 || !class_of.contains(edge.from))
                throw Defect(at_evidence + ".sums", "no such edge");
            const State to = automaton_.next[edge.from][letter[0]];
            if (!class_of.contains(to)) throw Defect(at_evidence + ".sums", "the edge leaves the classes");
            values[to] += edge.times;
            values[edge.from] -= edge.times;
            letters[{class_of.at(edge.from), letter[0]}] += edge.times;
        }
        const auto is_zero = [](const auto& entry) { return entry.second == 0; };
        if (!std::all_of(values.begin(), values.end(), is_zero) ||
            !std::all_of(letters.begin(), letters.end(), is_zero))
            throw Defect(at_evidence + ".sums", "the equations do not add up to it");
    }

    void counters() {
        const std::map<State, std::size_t> class_of = classes();
        std::set<std::pair<State, State>> equal;
        for (const EdgeSum& sum : evidence_.sums) {
            adds_up(sum, class_of);
            equal.emplace(sum.first, sum.second);
        }
        for (const auto& states : evidence_.classes)
            for (std::size_t k = 1; k < states.size(); ++k)
                if (!equal.contains({states[k - 1], states[k]}))
                    throw Defect(at_evidence + ".sums", "two neighbours of a class have no sum");
    }

    const RuleEvidence& evidence_;
    const Language& language_;
    const Automaton& automaton_;
    Budget& budget_;
    std::map<std::string, Letters> words_;
};

}  // namespace

void check_rule(const RuleEvidence& evidence, const Language& language, Budget& budget) {
    Rule(evidence, language, budget).check();
}

}  // namespace attest::checker
