#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "attest/language/dfa.hpp"
#include "circuit/sequential.hpp"
#include "step_circuit.hpp"

namespace attest::induction {

/// Makes the circuit of one step of a machine with a window, or whose heads look to the right: what a head would find there is guessed with
/// each letter, and a latch says whether all guesses were right so far. The begin symbol is read in a step of its own, as if it were a
/// letter, since what it holds depends on guesses too.
///
/// Source  FORMAT.md, section 40, gate for gate
class GuessedStep {
  public:
    /// Needs   `machine` is fresh and outlives this
    /// Throws  Unsupported where a comparison is open; beyond 2^16 combinations of values
    explicit GuessedStep(Machine& machine);

    /// Whether there is no other step of a machine: a head looks to the right, or remembers what is near.
    static bool is_needed(const Machine& machine);
    static bool looks_right(const Machine& machine);

    /// As StepMachine::make.
    StepCircuit make(const language::Dfa& automaton, const std::vector<language::Symbol>& meaning) &&;

  private:
    using Literal = circuit::Literal;
    using Literals = std::vector<Literal>;
    using Kind = HeadMachine::Kind;
    using Value = Machine::Item;

    struct Register {
        HeadMachine::Query query = 0;
        std::vector<Kind> far, right;
        std::vector<bool> is_inner;  ///< by kind to the right: a position may be of it that is not the last one
        std::size_t far_at = 0, right_at = 0;
        Literals guess;  ///< that it is what comes, by kind
        Literal no_guess = circuit::top;
    };
    struct Seat {  // of a head
        std::vector<Register> registers;
    };
    /// What a head may have found: of which kind, where; no kind: nothing.
    struct Find {
        std::optional<Kind> kind;
        Place where;
        auto operator<=>(const Find&) const = default;
    };
    /// Each find of before with each content of one more place, content 0 being nothing where there may be nothing.
    struct Stage {
        Place place;
        bool may_be_empty = true;
        struct Meet {
            std::size_t find = 0, content = 0, result = 0;
        };
        std::vector<Meet> meets;
        std::size_t results = 0;
    };
    struct Search {
        std::size_t reg = 0;  ///< of the head; none if it has none
        std::vector<Stage> stages;
        std::vector<std::optional<std::uint32_t>> images;  ///< what the finds of the last stage may bring
        std::vector<std::vector<std::size_t>> finds;       ///< by image
    };
    struct Case {
        std::size_t value = 0;
        std::vector<std::size_t> images;  ///< by head
        std::size_t result = 0;
    };
    struct Flow {
        std::vector<std::vector<Search>> searches;  ///< [value × head]
        std::vector<Case> cases;
    };
    struct Column {
        std::vector<std::vector<Value>> values;  ///< [boundary]
        std::vector<std::size_t> first;          ///< of symbol and phase the value at boundary 0
        std::vector<Flow> flows;                 ///< [layer]
    };

    void find_phases();
    void move_up(std::size_t l, Column& column);
    void add_registers(std::size_t l);
    bool forgets_far(std::size_t l, Machine::Head& head, HeadMachine::Query query,
                     const std::vector<Kind>& inner) const;
    Register make_register(std::size_t l, Machine::Head& head, HeadMachine::Query query);
    Search search(std::size_t l, std::size_t h, const Value& asker, bool at_end);
    std::vector<Find> meet(Machine::Head& head, const std::vector<Find>& before,
                           const std::vector<std::optional<Kind>>& contents, Stage& stage);
    void group(Machine::Head& head, const std::vector<Find>& finds, Search& search);
    void combine(std::size_t l, const Value& value, Flow& flow, Case& now, base::Interner<Value>& above);
    Value result(std::size_t l, const Value& value, const std::vector<Search>& searches, const Case& now);
    void count_one() const;
    Kind kind(Machine::Head& head, HeadMachine::Query query, const Value& value) const;
    HeadMachine::Query query(Machine::Head& head, const Value& value) const;
    std::vector<Kind> kinds(Machine::Head& head, HeadMachine::Query query,
                            std::initializer_list<const std::vector<Value>*> values) const;
    bool guesses() const;

    void add_inputs(std::size_t states, std::size_t start);
    LatchGroup add_latches(std::size_t count, bool one, const std::string& name);
    void decode_guesses();
    void add_phases();
    Literal phase(std::uint32_t f, const Literals& latches) const;
    Literals any(const std::vector<Literals>& cases);
    Literals preferred(Machine::Head& head, Place where, const std::vector<Kind>& kinds,
                       const std::vector<bool>& is_left, const Literals& left, const Literals& right);
    Literals of_kind(Machine::Head& head, const Register& reg, const std::vector<Kind>& kinds,
                     const std::vector<Value>& values, const Literals& literals);
    void update(std::size_t l, const Literals& held);
    void update_register(std::size_t l, Machine::Head& head, const Register& reg, const Literals& held);
    Literals contents(std::size_t l, const Stage& stage, const Register& reg, const Literals& latches);
    Literals images(std::size_t l, std::size_t h, const Search& search, const Literals& latches);
    Literals through(std::size_t l, const Column& column, const Literals& held, const Literals& latches);
    Literals first_letters();
    Literal at_end();
    Literal accepted(const std::vector<Value>& values, const Literals& literals);
    Literal none_of(const Literals& literals);

    Machine& m_;
    const network::Transformer& t_;
    std::vector<std::uint32_t> phases_, letter_phases_;
    std::vector<std::vector<Seat>> seats_;  ///< [layer × head]
    Column inner_, ends_;
    mutable std::size_t combinations_ = 0;

    StepCircuit out_;
    circuit::Builder& builder_ = out_.builder;
    std::optional<std::size_t> begun_at_, fits_at_;
    std::vector<LatchGroup> near_;  ///< by layer: the latches of its window
    Literals latch_, next_;
    Literals wrong_;     ///< a guess was not what came
    Literals complete_;  ///< all that is so where all guesses were right, and model and language differ
};

/// The step as a circuit that in frame N speaks of words of N symbols, as sequential_circuit has it. Latches that begin with 1 are
/// complemented.
///
/// symbols      of the alphabet
/// is_language  whether there is a language: then the port is `bad`; else the outputs are `accept` and `reject`, neither of which is true
///              where guesses were wrong
/// empty_word   whether the empty word is bad, or accepted; none: there is nothing to say of it
circuit::Sequential sequential_of(const StepCircuit& step, std::size_t symbols, bool is_language,
                                  std::optional<bool> empty_word);

}  // namespace attest::induction
