#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/language/dfa.hpp"
#include "circuit/sequential.hpp"
#include "latch_meaning.hpp"
#include "machine.hpp"

namespace attest::induction {

/// A machine as a circuit with latches: one for each phase, for each kind that a register may hold and for each vector in
/// a window, all of them false where there is nothing. Each layer's vectors are all those that its parts can make of
/// vectors of the layer below, whether words lead to them or not; so nothing is run to find them.
///
/// Source  the register machine of machine.hpp, one-hot
class Symbolic {
  public:
    /// Needs   `machine` is fresh and outlives this
    /// Throws  Unsupported where a head looks right; where a comparison is open, even if no word asks for it; beyond 2^20
    ///         combinations of vectors
    explicit Symbolic(Machine& machine);

    /// As `sequential_circuit` says. Once.
    circuit::Sequential make(const language::Dfa* automaton, const std::vector<language::Symbol>& meaning,
                             std::int64_t from);
    /// Of the latches of the circuit that was made, in order.
    const std::vector<LatchMeaning>& meanings() const { return meanings_; }

  private:
    using Literal = circuit::Literal;
    using Kind = HeadMachine::Kind;
    using Item = Machine::Item;
    /// What a position may hold, and when it does.
    using Values = std::map<Item, Literal>;
    template <typename Key>
    using Cases = std::map<Key, std::vector<Literal>>;

    struct Register {
        HeadMachine::Query query = 0;
        std::vector<Kind> kinds;  ///< that it may hold
        bool may_be_empty = true;
        std::vector<Literal> is;  ///< by kind
        Literal empty = circuit::top;
    };
    struct Seat {  ///< of a head
        std::vector<Register> registers;
        std::vector<Item> near;                ///< what the window may hold
        std::vector<std::vector<Literal>> is;  ///< [distance − 1 × item]
        std::vector<Literal> empty;            ///< by distance − 1
    };
    /// What a head may find: of which kind, where; no kind: nothing.
    struct Find {
        std::optional<Kind> kind;
        Place where;
        auto operator<=>(const Find&) const = default;
    };
    using Finds = std::map<Find, Literal>;

    // Gates; without a builder only what is possible: top, else bottom.
    Literal both(Literal a, Literal b);
    Literal any(const std::vector<Literal>& literals);
    template <typename Key>
    std::map<Key, Literal> merged(const Cases<Key>& cases);

    // What may occur.
    void lay_out();
    void lay_out(std::size_t l, const Values& letters, const Values& begin, const Values& ends);
    void add_register(Machine::Head& head, Seat& seat, HeadMachine::Query query, const std::set<Kind>& comers,
                      const std::set<Kind>& begin);
    std::set<Kind> kinds(std::size_t l, Machine::Head& head, HeadMachine::Query query, const Values& items) const;
    void blank();
    void set_possible();

    // One position, layer by layer.
    Item item(const Form& x, std::uint32_t phase);
    Item stored(std::size_t l, Item item) const;
    Kind kind(Machine::Head& head, HeadMachine::Query query, const Item& item) const;
    HeadMachine::Query query(Machine::Head& head, const Item& item) const;
    void embed(std::uint32_t symbol, Literal literal, const std::vector<Literal>& phases, Cases<Item>& to);
    Values above(std::size_t l, const Values& items);
    void choose(std::size_t l, std::size_t h, const Item& item, Literal is, std::vector<std::uint32_t>& images,
                Cases<Item>& to);
    std::map<std::uint32_t, Literal> images(Machine::Head& head, const Seat& seat, const Item& asker);
    void meet(Machine::Head& head, const Finds& from, Place place, std::optional<Kind> kind, Literal literal,
              Cases<Find>& to);
    Item result(std::size_t l, const Item& item, const std::vector<std::uint32_t>& images);
    void update(std::size_t l, const Values& items);
    void update(Machine::Head& head, const Seat& before, Seat& after, const Values& leaving, Literal nothing_leaves);
    Literal accepted(const Values& items);
    Values pass(Values items, bool moves, bool answers);

    // The circuit.
    Literal latch(const std::string& name, bool initial, const LatchMeaning& meaning);
    std::vector<Literal> add_inputs();
    void read_begin();
    void add_latches(const language::Dfa* automaton, std::int64_t from);
    std::vector<Literal> letters(const std::vector<Literal>& inputs);
    Literal read_letter(const std::vector<Literal>& letters);
    void set_next(const language::Dfa* automaton, const std::vector<language::Symbol>& meaning,
                  const std::vector<Literal>& letters, Literal answer);
    Literal accept_here();

    Machine& m_;
    const network::Transformer& t_;
    std::optional<circuit::Builder> builder_;
    bool phases_matter_ = false;
    std::vector<Literal> phase_;            ///< by phase
    std::vector<std::vector<Seat>> seats_;  ///< by layer, head
    std::vector<std::vector<Seat>> next_;   ///< the same after one more symbol
    std::size_t combinations_ = 0;

    // While a circuit is made.
    std::vector<circuit::Latch> latches_;
    std::vector<LatchMeaning> meanings_;
    std::uint32_t first_phase_ = 0;
    bool begin_accepts_ = false;
    std::vector<std::uint32_t> phase_latches_;
    std::vector<Literal> states_;
    Literal answer_, started_ = circuit::top;
};

}  // namespace attest::induction
