#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/language/dfa.hpp"
#include "latch_meaning.hpp"
#include "machine.hpp"

namespace attest::induction {

/// Latches of which at most one is true.
struct LatchGroup {
    std::size_t first = 0, count = 0;
    bool one = true;  ///< always one of them
};

/// A machine and a language's automaton as a circuit of one step.
///
/// Source  FORMAT.md, section 31, gate for gate
struct StepCircuit {
    using Literal = circuit::Literal;

    /// What one layer with attention does, for whoever argues about it.
    struct Register {
        LatchGroup latches;
        std::vector<Literal> comes;  ///< by kind: this position is of it
        std::vector<std::size_t> kind_of_value;
        std::vector<std::vector<bool>> stays;  ///< [kind held × kind that comes]: the one held is preferred
    };
    struct Case {
        std::size_t value = 0;  ///< at the boundary below
        Literal literal;
        std::size_t result = 0;  ///< at the boundary above
    };
    /// What a value becomes, by what the registers of the layer hold.
    struct Flow {
        std::vector<std::optional<std::size_t>> registers;        ///< by head, of the layer's
        std::vector<std::vector<std::size_t>> find_of_entry;      ///< by head; the entry after all kinds is nothing
        std::map<std::vector<std::size_t>, std::size_t> results;  ///< a find for each head; the value above
    };
    struct Layer {
        std::vector<Register> registers;
        std::vector<Case> cases;
        std::vector<Flow> letters, ends;  ///< by value below; none where they go no further
    };

    circuit::Builder builder{
        std::size_t{4} << 30};      ///< inputs: of a letter, what is guessed, then the latches; more may be built on it
    std::size_t machine_nodes = 0;  ///< of the machine alone
    std::size_t letter_inputs = 0, guess_inputs = 0;
    bool reads_begin =
        false;  ///< in a step before all letters, whatever letter the inputs say; the first latch says that it is done
    std::vector<Literal>
        right_guesses;          ///< all true where a letter was read that may be the last: all guesses were right
    Literal accept;             ///< what the model answers then
    std::vector<bool> initial;  ///< by latch
    std::vector<LatchMeaning> meanings;  ///< likewise
    std::vector<Literal> next;
    Literal bad;

    std::optional<LatchGroup> phases;
    std::vector<LatchGroup>
        groups;         ///< the phases, if there are latches for them, then registers by layer, head, query
    LatchGroup states;  ///< of the automaton
    std::vector<std::vector<Literal>> values;  ///< of the letter that is read: [boundary × value]
    std::vector<Layer> layers;                 ///< up to the last one whose values are asked for
    std::vector<Literal> letters;              ///< present(1, a)
    /// By symbol and letter phase, the value at boundary 0; of the end by phase, if there is one.
    std::vector<std::size_t> letter_values, end_values;
    std::vector<std::size_t> phase_after;  ///< by letter phase

    std::size_t latches() const { return initial.size(); }
    const circuit::Circuit& circuit() const { return builder.circuit(); }
    Literal latch(std::size_t k) const { return {circuit().input(letter_inputs + guess_inputs + k), false}; }
};

/// The states of an automaton after a letter (FORMAT.md, section 31, gates 5). Where the letter has yet to come (a begin symbol is
/// read) they stay as they are.
///
/// letters  [symbol of the model]: whether it is read
/// states   [state of the automaton]: whether it is the one before
/// comes    whether a letter is read
/// Cost     O(states · letters)
std::vector<circuit::Literal> next_states(circuit::Builder& builder, const language::Dfa& automaton,
                                          const std::vector<language::Symbol>& meaning,
                                          std::span<const circuit::Literal> letters,
                                          std::span<const circuit::Literal> states,
                                          circuit::Literal comes = circuit::top);

/// Inputs for one of so many letters, and their literals (FORMAT.md, section 4).
void add_letters(StepCircuit& step, std::size_t symbols);

/// Makes the circuit of a machine.
class StepMachine {
  public:
    /// Needs   `machine` is fresh and outlives this; it needs no GuessedStep
    /// Throws  Unsupported where a comparison is open; beyond 2^20 combinations of values
    explicit StepMachine(Machine& machine);

    /// automaton  the language's, over its symbols
    /// meaning    of each model symbol
    StepCircuit make(const language::Dfa& automaton, const std::vector<language::Symbol>& meaning) &&;

  private:
    using Literal = circuit::Literal;
    using Literals = std::vector<Literal>;
    using Kind = HeadMachine::Kind;
    using Value = Machine::Item;

    struct Register {
        HeadMachine::Query query = 0;
        std::vector<Kind> kinds;
        std::size_t first_latch = 0;
    };
    /// What a head may find, by what it brings: entries of a register, the last of all being nothing.
    struct Find {
        std::optional<std::uint32_t> image;
        std::vector<std::size_t> entries;
    };
    struct Asker {
        std::vector<std::optional<std::size_t>> registers;  ///< by head, among the head's
        std::vector<std::vector<Find>> finds;               ///< by head
    };
    struct Case {
        std::size_t asker = 0;
        std::vector<std::size_t> finds;  ///< by head
        std::size_t result = 0;
    };
    /// Values through one layer.
    struct Flow {
        std::vector<Asker> askers;
        std::vector<Case> cases;
    };
    /// Values boundary by boundary.
    struct Column {
        std::vector<std::vector<Value>> values;
        std::vector<Flow> flows;
    };

    void find_letter_phases();
    void start_column(Column& column, const std::vector<std::uint32_t>& symbols);
    void add_registers(std::size_t l);
    Flow flow(std::size_t l, const std::vector<Value>& values, std::vector<Value>& above);
    std::vector<Find> finds(Machine::Head& head, const Register* found, const Value& asker);
    void combine(std::size_t l, Flow& flow, Case& now, const std::vector<Value>& values, base::Interner<Value>& above);
    Value result(std::size_t l, const Value& value, const Flow& flow, const Case& now);
    void move_begin(std::size_t l);
    Kind kind(Machine::Head& head, HeadMachine::Query query, const Value& value) const;
    HeadMachine::Query query(Machine::Head& head, const Value& value) const;
    bool first_wins(Machine::Head& head, Kind left, Kind right) const;

    void add_inputs(const language::Dfa& automaton);
    void tell_flows();
    void add_phases();
    Literals read(const Column& column, const Literals& symbols, const Literals& phases);
    Literals through(std::size_t l, const Flow& flow, const Literals& values, const Literals& latches, bool keep);
    void update(std::size_t l, const Literals& values);
    Literal accepted(const std::vector<Value>& values, const Literals& literals);

    Machine& m_;
    const network::Transformer& t_;
    std::vector<std::uint32_t> phases_;                      ///< that letters have
    std::vector<std::vector<std::vector<Register>>> seats_;  ///< by layer, head
    Column letters_, ends_;
    std::optional<Value> begin_;  ///< what the begin symbol holds at the boundary that is reached
    std::size_t combinations_ = 0;

    StepCircuit out_;
    circuit::Builder& builder_ = out_.builder;
    Literals latch_, next_;  ///< literals by latch
};

}  // namespace attest::induction
