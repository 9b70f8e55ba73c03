#include "checker/simulation/turing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// MODEL.md, section 13, and FORMAT.md, section 28.2.

namespace attest::checker {
namespace {

constexpr std::size_t most_states = 1000, most_symbols = 200;
/// A normal form has three states more, one for each that is a target of a step that stays, and `!`.
constexpr std::size_t most_normal_states = 2 * most_states + 4;

std::vector<Symbol> read_tape_symbols(const Cursor& at) {
    std::vector<Symbol> symbols;
    std::set<Symbol> seen;
    for (std::size_t k = 0; k < at.size(); ++k) {
        symbols.push_back(at.item(k).string());
        if (!is_symbol(symbols.back())) at.item(k).fail("a symbol is one character, no control character");
        if (!seen.insert(symbols.back()).second) at.item(k).fail("the symbol occurs twice");
    }
    return symbols;
}

std::size_t number_of(const Cursor& at, const std::vector<std::string>& names, const char* what) {
    const auto found = std::find(names.begin(), names.end(), at.string());
    if (found == names.end()) at.fail(std::string("no ") + what + " of the machine");
    return static_cast<std::size_t>(found - names.begin());
}

void check_name(const Cursor& at, bool is_normal) {
    const std::string& name = at.string();
    const bool plain = std::none_of(name.begin(), name.end(),
                                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
    if (name.empty() || !plain) at.fail("a state has a name without blanks and control characters");
    if (!is_normal && (name[0] == '>' || name[0] == '|' || name[0] == '!'))
        at.fail("only states of a normal form begin with >, | or !");
}

void read_states(const Cursor& root, TuringMachine& machine, bool is_normal) {
    const Cursor states = root.at("states");
    std::set<std::string> seen;
    for (std::size_t k = 0; k < states.size(); ++k) {
        check_name(states.item(k), is_normal);
        if (!seen.insert(states.item(k).string()).second) states.item(k).fail("the state occurs twice");
        machine.states.push_back(states.item(k).string());
    }
    if (machine.states.empty() || machine.states.size() > (is_normal ? most_normal_states : most_states))
        states.fail("no machine has so many states");
    machine.start = number_of(root.at("start"), machine.states, "state");
    machine.accepting.resize(machine.states.size());
    const Cursor accept = root.at("accept");
    for (std::size_t k = 0; k < accept.size(); ++k)
        machine.accepting[number_of(accept.item(k), machine.states, "state")] = true;
}

int read_step(const Cursor& at) {
    if (at.string() == "L") return -1;
    if (at.string() == "R") return 1;
    if (at.string() != "S") at.fail("\"L\", \"R\" or \"S\" was expected");
    return 0;
}

void read_transition(const Cursor& at, TuringMachine& machine, bool is_normal) {
    if (at.size() != 5) at.fail("five texts were expected");
    const std::size_t q = number_of(at.item(0), machine.states, "state"),
                      a = number_of(at.item(1), machine.tape, "symbol");
    const Move move{number_of(at.item(2), machine.states, "state"), number_of(at.item(3), machine.tape, "symbol"),
                    read_step(at.item(4))};
    if (machine.accepting[q] && !is_normal) return;
    if (machine.move(q, a)) at.fail("the state and the symbol occur twice");
    if (is_normal && move.step == 0) at.fail("a normal form moves at every step");
    machine.move(q, a) = move;
}

/// Section 28.2, step by step.
class NormalForm {
  public:
    NormalForm(const TuringMachine& machine, Budget& budget) : m_(machine), budget_(budget) {
        symbols_.push_back(m_.blank);
        for (std::size_t a = 0; a < m_.tape.size(); ++a)
            if (a != m_.blank) symbols_.push_back(a);
        for (const std::size_t a : symbols_) form_.tape.push_back(m_.tape[a]);
        form_.name = m_.name;
        form_.alphabet = m_.alphabet;
        for (const char* name : {">init", ">read", ">back"}) state(name);
        for (const std::string& name : m_.states) state(name);
    }

    TuringMachine build() {
        const std::size_t first = 3, k = symbols_.size();
        put(0, 0, {1, 0, 1});
        put(1, 0, {2, 0, -1});
        put(2, 0, {first + m_.start, 0, 1});
        for (std::size_t a = 1; a < k; ++a) {
            put(1, a, {1, a, 1});
            put(2, a, {2, a, -1});
        }
        for (std::size_t q = 0; q < m_.states.size(); ++q)
            for (std::size_t a = 0; a < k; ++a) put_own(first + q, a, q);
        bool total = true;
        for (const auto& move : form_.moves) total = total && move;
        if (!total) {
            const std::size_t halted = state("!");
            for (std::size_t p = 0; p < form_.moves.size(); ++p)
                if (!form_.moves[p]) form_.moves[p] = Move{halted, p % k, 1};
        }
        for (std::size_t q = 0; q < m_.states.size(); ++q) form_.accepting[first + q] = m_.accepting[q];
        return std::move(form_);
    }

  private:
    std::size_t state(const std::string& name) {
        budget_.memory(64, symbols_.size() + 2);
        form_.states.push_back(name);
        form_.accepting.push_back(false);
        form_.moves.resize(form_.states.size() * symbols_.size());
        return form_.states.size() - 1;
    }
    void put(std::size_t q, std::size_t a, const Move& move) { form_.moves[q * symbols_.size() + a] = move; }

    void put_own(std::size_t state_here, std::size_t a, std::size_t q) {
        budget_.step();
        if (m_.accepting[q]) return put(state_here, a, {state_here, a, 1});
        const std::optional<Move>& move = m_.move(q, symbols_[a]);
        if (!move) return;
        const std::size_t written =
            static_cast<std::size_t>(std::find(symbols_.begin(), symbols_.end(), move->symbol) - symbols_.begin());
        const std::size_t target = 3 + move->state;
        if (move->step != 0) return put(state_here, a, {target, written, move->step});
        if (!waiting_.contains(move->state)) {
            const std::size_t w = state("|" + m_.states[move->state]);
            waiting_[move->state] = w;
            for (std::size_t x = 0; x < symbols_.size(); ++x) put(w, x, {target, x, -1});
        }
        put(state_here, a, {waiting_[move->state], written, 1});
    }

    const TuringMachine& m_;
    Budget& budget_;
    TuringMachine form_;
    std::vector<std::size_t> symbols_;            ///< of the tape, the blank first
    std::map<std::size_t, std::size_t> waiting_;  ///< |q for a state q
};

}  // namespace

TuringMachine read_turing(std::string_view bytes, const std::string& file, bool is_normal, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    const Cursor root(json, file + ": ");
    root.only(
        {"format", "version", "name", "cite", "alphabet", "blank", "tape", "states", "start", "accept", "transitions"});
    if (root.at("format").string() != "attest/turing") root.at("format").fail("\"attest/turing\" was expected");
    root.at("version").integer(1, 1);
    TuringMachine machine;
    if (const auto name = root.find("name")) machine.name = name->string();
    const auto cite = root.find("cite");
    for (std::size_t k = 0; cite && k < cite->size(); ++k) cite->item(k).string();
    machine.tape = read_tape_symbols(root.at("tape"));
    if (machine.tape.size() > most_symbols) root.at("tape").fail("no machine has so many symbols");
    machine.blank = number_of(root.at("blank"), machine.tape, "symbol");
    machine.alphabet = read_tape_symbols(root.at("alphabet"));
    for (std::size_t k = 0; k < machine.alphabet.size(); ++k)
        if (number_of(root.at("alphabet").item(k), machine.tape, "symbol") == machine.blank)
            root.at("alphabet").item(k).fail("the blank is no symbol of words");
    read_states(root, machine, is_normal);
    budget.memory(48, machine.states.size() * machine.tape.size());
    machine.moves.resize(machine.states.size() * machine.tape.size());
    const Cursor transitions = root.at("transitions");
    for (std::size_t k = 0; k < transitions.size(); ++k) {
        budget.step(machine.states.size() + machine.tape.size());
        read_transition(transitions.item(k), machine, is_normal);
    }
    return machine;
}

TuringMachine normal_form(const TuringMachine& machine, Budget& budget) { return NormalForm(machine, budget).build(); }

void require_same(const TuringMachine& found, const TuringMachine& expected, const std::string& file) {
    const auto differ = [&](const char* what) {
        throw Defect(file + ": " + what, "the normal form of the machine has others");
    };
    if (found.alphabet != expected.alphabet) differ("alphabet");
    if (found.tape != expected.tape || found.blank != expected.blank) differ("tape");
    if (found.states != expected.states) differ("states");
    if (found.start != expected.start) differ("start");
    if (found.accepting != expected.accepting) differ("accept");
    if (found.moves != expected.moves) differ("transitions");
}

std::vector<Moment> run_turing(const TuringMachine& machine, const std::vector<std::size_t>& word, std::size_t steps,
                               Budget& budget) {
    budget.step(steps, 8);
    budget.memory(64, steps + word.size());
    std::map<std::int64_t, std::size_t> tape;
    for (std::size_t i = 0; i < word.size(); ++i) tape[static_cast<std::int64_t>(i) + 1] = word[i];
    std::vector<Moment> moments;
    std::size_t state = machine.start;
    std::int64_t cell = 0;
    int before = 0;
    for (std::size_t t = 0; t <= steps; ++t) {
        std::size_t& symbol = tape.try_emplace(cell, machine.blank).first->second;
        moments.push_back({state, symbol, before});
        const Move& move = *machine.move(state, symbol);
        symbol = move.symbol;
        state = move.state;
        cell += move.step;
        before = move.step;
    }
    return moments;
}

}  // namespace attest::checker
