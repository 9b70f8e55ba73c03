#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attention.hpp"
#include "attest/network/transformer.hpp"

namespace attest::induction {

/// The sequential machine of a transformer of hard attention: it reads the sequence symbol by symbol, and what it remembers
/// settles what the transformer says of all that was read, at every length.
///
/// It remembers, for each head that looks left and each query that some position has, the kind of the position that the head
/// would prefer among those read so far. For a head that looks right it guesses what the head would find to the right, and checks
/// the guess as it reads on: each word has one run whose guesses are right, and only that reaches the end.
///
/// Which queries and kinds there are is found out by running it. `grew` says that one was found; then all states are void, and
/// whoever runs it starts again. When nothing grows the machine is whole.
class Machine {
  public:
    using State = std::vector<std::uint32_t>;
    /// A letter of the alphabet, or one of these.
    static constexpr std::uint32_t begin = UINT32_MAX, end = UINT32_MAX - 1;

    /// Needs   `transformer` outlives this; is_sequential(transformer)
    /// Throws  Unsupported for a coordinate of the position that no phase settles, an expression without value somewhere
    Machine(const network::Transformer& transformer, const Parameters& parameters);

    /// Makes ready to run from the start with all that is known.
    void restart();
    bool grew() const { return grew_; }

    /// Before the first position.
    State start() const;
    /// All states after one more position with this symbol, which is not the last.
    /// Throws  Unsupported for what no finite machine does
    std::vector<State> step(const State& state, std::uint32_t symbol);
    /// Whether the transformer accepts if this symbol is at the last position; nothing if the run's guesses were wrong.
    std::optional<bool> last(const State& state, std::uint32_t symbol);

    /// How much is remembered: positions of a state.
    std::size_t width() const { return width_; }

  private:
    struct Slot {  // of one query of one head
        HeadMachine::Query query = 0;
        bool left = false, right = false;
        std::uint32_t left_at = 0, right_at = 0;  ///< where in a state
        std::vector<HeadMachine::Kind> guesses;   ///< what may be to the right
        bool open = false;                        ///< or nothing: no last position is known yet
    };
    struct Head {
        HeadMachine machine;
        std::uint32_t window_at = 0;
        std::vector<Slot> slots;
        std::set<HeadMachine::Query> asked;  ///< queries that positions have
    };
    /// What a position holds before a layer, with its phase.
    struct Item {
        std::uint32_t form, phase;
        auto operator<=>(const Item&) const = default;
    };
    struct Layer {
        const network::Layer* layer = nullptr;
        bool last = false;  ///< only the last position asks
        std::deque<Head> heads;
        std::set<Item> items;      ///< that positions hold, but the end symbol's
        std::set<Item> end_items;  ///< that the last position holds
    };

    class Run;
    friend class Run;
    friend class Layered;
    friend class Symbolic;
    friend class StepMachine;
    friend class GuessedStep;

    /// What is remembered after a position that holds a form, by number, before layer l, where no head looks right, as far as the
    /// layer goes; and what the position holds after it, if that is known and asked for.
    std::pair<State, std::optional<std::uint32_t>> one_layer(std::size_t l, const State& before, std::uint32_t form,
                                                             bool last);
    /// The number of what a position of this phase with this symbol holds at first.
    std::uint32_t embedded(std::uint32_t symbol, std::uint32_t phase);

    void make_positions();
    void require_values() const;
    void add_slots(Layer& layer, Head& head);
    bool forgets(Head& head, HeadMachine::Query query, const Layer& layer, Place where);
    void add_guesses(Slot& slot, Head& head, const Layer& layer);
    Form embed(std::uint32_t symbol, std::uint32_t phase) const;
    Form attend(const Layer& layer, const Form& x, const std::vector<const exact::Vector*>& images) const;
    Form feed_forward(std::size_t layer, Form x, std::uint32_t phase) const;
    bool accepts(const Form& y, std::uint32_t phase) const;
    std::uint32_t number(const Form& form) { return forms_.number(form); }
    std::int64_t shortest() const;

    const network::Transformer& transformer_;
    Parameters parameters_;
    std::vector<Form> positions_;  ///< by phase; empty where there are none
    std::vector<Layer> layers_;
    std::size_t attending_ = 0;  ///< layers up to the last one with attention
    std::size_t width_ = 1;
    bool grew_ = false;
    base::Interner<Form> forms_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> embedded_;  ///< of a symbol and a phase
    std::map<std::vector<std::uint32_t>, std::uint32_t> results_;                ///< of a layer, by what it is given
};

/// Why there is no such machine, whatever is remembered: kinds of attention, norms, where it is read.
/// Throws  Unsupported naming the layer
void require_sequential(const network::Transformer& transformer);

}  // namespace attest::induction
