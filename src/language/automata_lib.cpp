#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "language/automaton_file.hpp"

namespace attest::language {

namespace {

/// States have names there: strings, or numbers, which as keys are strings as well.
std::string state_name(const base::JsonNode& node) {
    if (node.value().is_string()) return node.as_string();
    if (node.value().is_number()) return std::to_string(node.as_integer(INT64_MIN, INT64_MAX));
    node.fail("the name of a state");
}

class AutomataLibReader {
  public:
    explicit AutomataLibReader(const base::JsonNode& document)
        : document_(document), result_{read_symbols(document.at("input_symbols")), 0, {}, {}} {}

    PartialDfa run() {
        document_.allow_keys(
            {"states", "input_symbols", "transitions", "initial_state", "final_states", "allow_partial"});
        if (document_.has("allow_partial")) (void)document_.at("allow_partial").as_bool();
        read_states();
        result_.start = known(document_.at("initial_state"));
        for (const auto& state : document_.at("final_states").elements()) result_.accepting[known(state)] = true;
        for (const auto& [name, row] : document_.at("transitions").members()) {
            const auto from = states_.find(name);
            if (from == states_.end()) row.fail("a state of the list", fmt::format("'{}'", base::printable(name)));
            read_row(row, result_.next[from->second]);
        }
        return std::move(result_);
    }

  private:
    void read_states() {
        const auto list = document_.at("states");
        if (list.size() == 0 || list.size() > most_states) list.fail(fmt::format("1 to {} states", most_states));
        for (const auto& state : list.elements())
            if (!states_.emplace(state_name(state), static_cast<Dfa::State>(states_.size())).second)
                state.fail("each state once", fmt::format("'{}' again", base::printable(state_name(state))));
        result_.accepting.assign(states_.size(), false);
        result_.next.assign(states_.size(), std::vector<std::optional<Dfa::State>>(result_.alphabet.size()));
    }

    Dfa::State known(const base::JsonNode& node) const {
        if (node.value().is_array())
            node.fail("a deterministic automaton, with one state here", "a list, as an NFA has it");
        const auto found = states_.find(state_name(node));
        if (found == states_.end())
            node.fail("a state of the list", fmt::format("'{}'", base::printable(state_name(node))));
        return found->second;
    }

    void read_row(const base::JsonNode& row, std::vector<std::optional<Dfa::State>>& to) const {
        for (const auto& [symbol, target] : row.members()) {
            const auto at = result_.alphabet.find(symbol);
            if (!at)
                target.fail("a symbol of input_symbols", symbol.empty() ? "an empty move, as an NFA has it"
                                                                        : fmt::format("'{}'", base::printable(symbol)));
            to[*at] = known(target);
        }
    }

    const base::JsonNode& document_;
    PartialDfa result_;
    std::map<std::string, Dfa::State> states_;
};

}  // namespace

PartialDfa read_automata_lib(const base::JsonNode& document) { return AutomataLibReader(document).run(); }

}  // namespace attest::language
