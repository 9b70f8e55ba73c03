#include <numeric>
#include <set>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "product.hpp"
#include "whole.hpp"

// The language of a model. A word has one run whose guesses are right, among others that break off; so the automaton's states are
// sets of states of the machine, and whether the word is accepted if it ends here.

namespace attest::induction {

namespace {

constexpr std::size_t most_sets = std::size_t{1} << 20;

class Determiniser {
  public:
    Determiniser(Machine& machine, const network::Transformer& model, const base::Limits& limits)
        : steps_(machine, model), model_(model), limits_(limits) {}

    /// Nothing where a limit was exceeded.
    std::optional<language::Dfa> run() {
        language::Dfa dfa{model_.alphabet, 0, {}, {}};
        const std::vector<Steps::Number> starts = steps_.starts();
        reach({starts.begin(), starts.end()}, least_length(model_) == 0 && steps_.empty_word().accept);
        for (std::size_t k = 0; k < sets_.size(); ++k) {
            if (limits_.exceeded()) return std::nullopt;
            if (sets_.size() > most_sets) throw base::Unsupported("the model's automaton has more than 2^20 states");
            auto& row = dfa.transition.emplace_back();
            for (language::Symbol a = 0; a < model_.alphabet.size(); ++a) row.push_back(read(k, a));
        }
        for (std::uint32_t k = 0; k < sets_.size(); ++k) dfa.accepting.push_back(sets_[k].second);
        return dfa;
    }

  private:
    using Set = std::set<Steps::Number>;

    std::uint32_t reach(const Set& set, bool accepted) { return sets_.number({set, accepted}); }

    std::uint32_t read(std::size_t k, language::Symbol a) {
        const Set from = sets_[static_cast<std::uint32_t>(k)].first;
        Set to;
        bool accepted = false;
        for (const Steps::Number s : from) {
            const Steps::Move& move = steps_.move(s, a);
            accepted |= move.answers.accept;
            to.insert(move.to.begin(), move.to.end());
        }
        return reach(to, accepted);
    }

    Steps steps_;
    const network::Transformer& model_;
    const base::Limits& limits_;
    base::Interner<std::pair<Set, bool>> sets_;
};

}  // namespace

std::variant<verdict::Undecided, ModelLanguage> language_of(const network::Transformer& model,
                                                            const base::Limits& limits) {
    auto found = whole_machine(model, limits);
    if (auto* stopped = std::get_if<verdict::Undecided>(&found)) return std::move(*stopped);
    const Whole& whole = std::get<Whole>(found);
    const Parameters& p = whole.parameters;
    const std::optional<language::Dfa> dfa = Determiniser(*whole.machine, model, limits).run();
    if (!dfa) return verdict::Undecided{verdict::reason_of(*limits.exceeded()), "while the automaton was made"};
    ModelLanguage language{language::minimize(*dfa), whole.states, {0, p.first, p.period, p.window}};
    std::vector<language::Symbol> itself(model.alphabet.size());
    std::iota(itself.begin(), itself.end(), language::Symbol{0});
    const Search held = search(*whole.machine, {model, language.automaton, itself, least_length(model)}, limits);
    if (held.stopped) return *held.stopped;
    if (held.difference)
        throw base::InternalError("the automaton of the model and its machine disagree on \"" +
                                  model.alphabet.spell(held.difference->word) + "\": please report this");
    language.closure.states = held.pairs;
    return language;
}

}  // namespace attest::induction
