#include "programs/machines/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "programs/machines/names.hpp"

namespace attest::machines {

namespace {

std::string read_symbol(const base::JsonNode& node) {
    const std::string& text = node.as_string();
    if (!is_tape_symbol(text)) node.fail("a symbol: one character, no control character");
    return text;
}

std::vector<std::string> read_symbols(const base::JsonNode& node) {
    std::vector<std::string> symbols;
    for (const base::JsonNode& element : node.elements()) {
        symbols.push_back(read_symbol(element));
        if (std::find(symbols.begin(), symbols.end() - 1, symbols.back()) != symbols.end() - 1)
            element.fail("symbols, none of them twice");
    }
    return symbols;
}

/// The number of a name among these.
std::size_t read_known(const base::JsonNode& node, const std::vector<std::string>& names, const char* what) {
    const auto found = std::find(names.begin(), names.end(), node.as_string());
    if (found == names.end()) node.fail(fmt::format("{} of the machine", what));
    return static_cast<std::size_t>(found - names.begin());
}

void read_states(const base::JsonNode& root, TuringMachine& machine) {
    for (const base::JsonNode& node : root.at("states").elements()) {
        const std::string& name = node.as_string();
        if (const std::string fault = fault_of_state(name); !fault.empty()) node.fail(fault);
        if (std::find(machine.states.begin(), machine.states.end(), name) != machine.states.end())
            node.fail("states, none of them twice");
        machine.states.push_back(name);
    }
    if (machine.states.empty() || machine.states.size() > most_states)
        root.at("states").fail(fmt::format("1 to {} states", most_states), std::to_string(machine.states.size()));
    machine.start = read_known(root.at("start"), machine.states, "a state");
    machine.accepting.resize(machine.states.size());
    for (const base::JsonNode& node : root.at("accept").elements())
        machine.accepting[read_known(node, machine.states, "a state")] = true;
}

int read_step(const base::JsonNode& node) {
    const std::string& text = node.as_string();
    if (text == "L") return -1;
    if (text == "R") return 1;
    if (text != "S") node.fail("\"L\", \"R\" or \"S\"");
    return 0;
}

void read_transition(const base::JsonNode& node, TuringMachine& machine) {
    const std::vector<base::JsonNode> parts = node.elements();
    if (parts.size() != 5) node.fail("state, symbol, next state, symbol written, and where the head goes");
    const std::size_t q = read_known(parts[0], machine.states, "a state"),
                      a = read_known(parts[1], machine.tape, "a tape symbol");
    const Move move{read_known(parts[2], machine.states, "a state"),
                    read_known(parts[3], machine.tape, "a tape symbol"), read_step(parts[4])};
    if (machine.accepting[q]) {
        machine.notes.push_back(fmt::format("{}: the state {} accepts, so what it does is not read", node.where(),
                                            base::quoted(machine.states[q])));
        return;
    }
    if (machine.move(q, a))
        node.fail("each state and symbol once",
                  fmt::format("{} and {} again", base::quoted(machine.states[q]), base::quoted(machine.tape[a])));
    machine.move(q, a) = move;
}

}  // namespace

TuringMachine read_turing(const base::JsonNode& root, const std::string& default_name) {
    root.allow_keys(
        {"format", "version", "name", "cite", "alphabet", "blank", "tape", "states", "start", "accept", "transitions"});
    if (root.at("format").as_string() != "attest/turing") root.at("format").fail("\"attest/turing\"");
    (void)root.at("version").as_integer(1, 1);
    TuringMachine machine;
    machine.name = root.has("name") ? root.at("name").as_string() : default_name;
    if (root.has("cite"))
        for (const base::JsonNode& key : root.at("cite").elements()) (void)key.as_string();
    machine.tape = read_symbols(root.at("tape"));
    if (machine.tape.size() > most_symbols)
        root.at("tape").fail(fmt::format("at most {} symbols", most_symbols), std::to_string(machine.tape.size()));
    machine.blank = read_known(root.at("blank"), machine.tape, "a tape symbol");
    machine.alphabet = read_symbols(root.at("alphabet"));
    for (const base::JsonNode& node : root.at("alphabet").elements())
        if (read_known(node, machine.tape, "a tape symbol") == machine.blank) node.fail("symbols other than the blank");
    read_states(root, machine);
    machine.moves.resize(machine.states.size() * machine.tape.size());
    for (const base::JsonNode& node : root.at("transitions").elements()) read_transition(node, machine);
    return machine;
}

std::string write_turing(const TuringMachine& machine) {
    using Json = nlohmann::ordered_json;
    Json accept = Json::array(), transitions = Json::array();
    for (std::size_t q = 0; q < machine.states.size(); ++q) {
        if (machine.accepting[q]) accept.push_back(machine.states[q]);
        for (std::size_t a = 0; a < machine.tape.size(); ++a)
            if (const auto& move = machine.move(q, a))
                transitions.push_back({machine.states[q], machine.tape[a], machine.states[move->state],
                                       machine.tape[move->symbol],
                                       move->step < 0   ? "L"
                                       : move->step > 0 ? "R"
                                                        : "S"});
    }
    const Json document = {{"format", "attest/turing"},
                           {"version", 1},
                           {"name", machine.name},
                           {"alphabet", machine.alphabet},
                           {"blank", machine.tape[machine.blank]},
                           {"tape", machine.tape},
                           {"states", machine.states},
                           {"start", machine.states[machine.start]},
                           {"accept", std::move(accept)},
                           {"transitions", std::move(transitions)}};
    return base::json_text(document, -1, base::NotUtf8::replaced) + "\n";
}

}  // namespace attest::machines
