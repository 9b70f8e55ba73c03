#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "programs/machines/names.hpp"
#include "programs/machines/read.hpp"

// turingmachine.io: `table` maps a state to what is done at a symbol, or at each of a list of symbols. That is a move, `R` or
// `L`, or a map with `write` and one of `R` and `L`, whose value, if there is one, is the next state. A state without
// moves halts.

namespace attest::machines {

namespace {

/// What a symbol of the table does, before all symbols are known.
struct Rule {
    std::string state, read, write, next;
    int step = 0;
    std::string place;
};

class YamlMachine {
  public:
    YamlMachine(const YAML::Node& root, std::string file) : root_(root), file_(std::move(file)) {}

    TuringMachine read(const std::vector<std::string>& accept, std::optional<std::vector<std::string>>* input) {
        check_keys();
        blank_ = symbol(member("blank"));
        add_symbol(blank_);
        const YAML::Node table = member("table");
        if (!table.IsMap() || table.size() == 0) fail(table, "a map of states");
        for (const auto& row : table) add_state(row.first);
        for (const auto& row : table) read_row(scalar(row.first), row.second);
        read_input(input);
        return finish(accept);
    }

  private:
    [[noreturn]] void fail(const YAML::Node& node, const std::string& expected) const {
        std::string found = node.IsScalar()     ? "'" + base::printable(node.Scalar()) + "'"
                            : node.IsMap()      ? "a map"
                            : node.IsSequence() ? "a list"
                                                : "nothing";
        throw base::InputError(place(node), expected, found);
    }
    std::string place(const YAML::Node& node) const {
        const int line = node.IsDefined() ? node.Mark().line : -1;
        return line < 0 ? file_ : fmt::format("{}:line {}", file_, line + 1);
    }

    void check_keys() const {
        if (!root_.IsMap()) throw base::InputError(file_, "a map with blank, start state and table", "something else");
        const std::vector<std::string> known = {"name",  "source code", "blank",    "start state",
                                                "input", "table",       "positions"};
        for (const auto& member : root_)
            if (std::find(known.begin(), known.end(), member.first.Scalar()) == known.end())
                fail(member.first, "blank, start state, input or table");
    }

    YAML::Node member(const char* key) const {
        const YAML::Node node = root_[key];
        if (!node) throw base::InputError(file_, fmt::format("the key {}", base::quoted(key)), "none");
        return node;
    }

    std::string scalar(const YAML::Node& node) const {
        if (!node.IsScalar()) fail(node, "a text");
        return node.Scalar();
    }

    std::string symbol(const YAML::Node& node) const {
        const std::string text = scalar(node);
        if (!is_tape_symbol(text)) fail(node, "a symbol: one character");
        return text;
    }

    void add_symbol(const std::string& symbol) {
        if (std::find(machine_.tape.begin(), machine_.tape.end(), symbol) == machine_.tape.end())
            machine_.tape.push_back(symbol);
    }

    void add_state(const YAML::Node& node) {
        const std::string name = scalar(node);
        if (const std::string fault = fault_of_state(name); !fault.empty()) fail(node, fault);
        if (std::find(machine_.states.begin(), machine_.states.end(), name) != machine_.states.end())
            fail(node, "states, none of them twice");
        machine_.states.push_back(name);
    }

    void read_row(const std::string& state, const YAML::Node& row) {
        if (row.IsNull()) return;
        if (!row.IsMap()) fail(row, "a map of symbols");
        for (const auto& entry : row) {
            std::vector<std::string> symbols;
            if (entry.first.IsSequence())
                for (const auto& one : entry.first) symbols.push_back(symbol(one));
            else symbols.push_back(symbol(entry.first));
            for (const std::string& read : symbols) {
                add_symbol(read);
                rules_.push_back(read_rule(state, read, entry.second));
                add_symbol(rules_.back().write);
            }
        }
    }

    Rule read_rule(const std::string& state, const std::string& read, const YAML::Node& node) const {
        Rule rule{state, read, read, state, 0, place(node)};
        const auto step = [&](const YAML::Node& at) {
            if (rule.step != 0) fail(at, "one of L and R");
            rule.step = at.Scalar() == "L" ? -1 : 1;
        };
        if (node.IsScalar()) {
            if (node.Scalar() != "L" && node.Scalar() != "R") fail(node, "L or R, or a map with one of them");
            step(node);
            return rule;
        }
        if (!node.IsMap()) fail(node, "L or R, or a map with one of them");
        for (const auto& part : node) {
            const std::string key = scalar(part.first);
            if (key == "write") rule.write = symbol(part.second);
            else if (key != "L" && key != "R") fail(part.first, "write, L or R");
            else {
                step(part.first);
                if (!part.second.IsNull()) rule.next = scalar(part.second);
            }
        }
        if (rule.step == 0) fail(node, "L or R");
        return rule;
    }

    void read_input(std::optional<std::vector<std::string>>* input) {
        const YAML::Node node = root_["input"];
        if (!node || node.IsNull()) return;
        const std::vector<std::string> word = base::code_points(scalar(node), place(node));
        for (const std::string& symbol : word) {
            if (symbol == blank_) fail(node, "a word without the blank");
            add_symbol(symbol);
        }
        if (input) *input = word;
    }

    std::size_t state(const std::string& name, const std::string& place) const {
        const auto found = std::find(machine_.states.begin(), machine_.states.end(), name);
        if (found == machine_.states.end()) throw base::InputError(place, "a state of the table", base::quoted(name));
        return static_cast<std::size_t>(found - machine_.states.begin());
    }

    std::size_t tape(const std::string& symbol) const {
        return static_cast<std::size_t>(std::find(machine_.tape.begin(), machine_.tape.end(), symbol) -
                                        machine_.tape.begin());
    }

    TuringMachine finish(const std::vector<std::string>& accept) {
        machine_.name = root_["name"] ? scalar(root_["name"]) : std::filesystem::path(file_).stem().string();
        // Which symbols may stand in a word, the format does not say: all but the blank.
        for (const std::string& symbol : machine_.tape)
            if (symbol != blank_) machine_.alphabet.push_back(symbol);
        if (machine_.states.size() > most_states || machine_.tape.size() > most_symbols)
            throw base::InputError(file_, fmt::format("at most {} states and {} symbols", most_states, most_symbols),
                                   "more");
        machine_.start = state(scalar(member("start state")), place(member("start state")));
        machine_.moves.resize(machine_.states.size() * machine_.tape.size());
        for (const Rule& rule : rules_) {
            std::optional<Move>& move = machine_.move(state(rule.state, rule.place), tape(rule.read));
            if (move)
                throw base::InputError(rule.place, "each state and symbol once", base::quoted(rule.read) + " again");
            move = Move{state(rule.next, rule.place), tape(rule.write), rule.step};
        }
        choose_accepting(accept);
        return std::move(machine_);
    }

    void choose_accepting(const std::vector<std::string>& accept) {
        machine_.accepting.resize(machine_.states.size());
        for (const std::string& name : accept) {
            const std::size_t q = state(name, "--accept");
            if (!halts(q)) throw base::InputError("--accept", "a state without moves", base::quoted(name));
            machine_.accepting[q] = true;
        }
        for (std::size_t q = 0; q < machine_.states.size(); ++q) {
            const std::string& name = machine_.states[q];
            if (halts(q) && (name == "accept" || name == "done" || name == "halt")) machine_.accepting[q] = true;
        }
    }

    bool halts(std::size_t q) const {
        for (std::size_t a = 0; a < machine_.tape.size(); ++a)
            if (machine_.move(q, a)) return false;
        return true;
    }

    YAML::Node root_;
    std::string file_, blank_;
    TuringMachine machine_;
    std::vector<Rule> rules_;
};

}  // namespace

TuringMachine parse_yaml_machine(const std::string& bytes, const std::string& file,
                                 const std::vector<std::string>& accept,
                                 std::optional<std::vector<std::string>>* input) {
    try {
        return YamlMachine(YAML::Load(bytes), file).read(accept, input);
    } catch (const YAML::Exception& error) {
        throw base::InputError(error.mark.line < 0 ? file : fmt::format("{}:line {}", file, error.mark.line + 1),
                               "YAML as turingmachine.io writes it", error.msg);
    }
}

}  // namespace attest::machines
