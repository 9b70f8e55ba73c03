#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/machine/preference.hpp"

namespace attest::checker {

/// The machine of FORMAT.md section 21: what a model of hard attention has to remember of the positions read so far. It learns which
/// queries and vectors occur while it runs; after a run in which it learned something, all memories are void.
class Sequence {
  public:
    using Memory = std::vector<std::uint32_t>;

    /// Throws  Defect: a model, an expression or a coordinate of the position that section 21 does not allow
    Sequence(const Model& model, const Scale& scale, Budget& budget);
    Sequence(const Sequence&) = delete;
    Sequence& operator=(const Sequence&) = delete;

    /// Before a run, with all that was learned.
    void begin_run();
    bool has_learned() const { return learned_; }
    /// What it has drawn on the budget for what it keeps from run to run.
    std::uint64_t kept_bytes() const { return kept_bytes_; }

    Memory start() const;
    /// The memories after this symbol at a position that is not the last. Throws Defect.
    std::vector<Memory> read(const Memory& memory, const std::string& symbol);
    /// Whether the model accepts where this symbol is the last; nothing where the guesses do not fit. Throws Defect.
    std::optional<bool> finish(const Memory& memory, const std::string& symbol);

    // For who runs it layer by layer.

    /// Whether no head looks to the right, so that a symbol leads to one memory.
    bool goes_one_way() const;
    bool letters_end() const { return !model_.end; }
    std::size_t phases() const { return scale_.phases(); }
    std::size_t phase_after(std::size_t phase) const { return scale_.after(phase); }
    /// What layer l remembers before the first position.
    Memory start_of(std::size_t l) const;
    struct Risen {
        Memory part;  ///< what the layer remembers then
        std::optional<std::uint32_t>
            line;  ///< the vector above it; nothing where the machine has no register for what is asked, or nobody asks
    };
    /// What layer l alone does at a position.
    ///
    /// part  what it remembers
    /// line  number of the vector that the position holds before it
    /// Needs   goes_one_way()
    /// Throws  Defect
    Risen rise(std::size_t l, const Memory& part, std::uint32_t line, std::size_t phase, bool is_last);
    /// Whether the model accepts if the last position holds this vector behind the last layer with attention. Throws Defect.
    bool answer(std::uint32_t line, std::size_t phase);
    /// Of a vector, the same for the same one.
    std::uint32_t number(const Line& line);

    // For who does not run it, but asks what there may be (section 31).

    /// What a position of this phase with this symbol holds at first.
    Line embedded(const std::string& symbol, std::size_t phase);
    Preference& preference(std::size_t layer, std::size_t head) { return levels_[layer].seats[head].preference; }
    /// Layers up to the last one with attention.
    std::size_t attending() const { return top_; }
    /// Whether the model accepts if the position that is read holds y at the end. Throws Defect where that depends on where it is.
    bool accepts(const Line& y, const Phase& phase);

  private:
    struct Register {
        std::size_t query = 0;
        std::optional<std::size_t> far_at, right_at;  ///< where in a memory
        std::vector<std::uint32_t> guesses;           ///< of what is right: kinds; none at all while no end is known
        bool any_end = false;
    };
    struct Seat {  // of a head
        Preference preference;
        std::size_t near_at = 0;
        std::set<std::size_t> queries;
        std::vector<Register> registers;
        std::map<std::array<std::uint32_t, 3>, std::size_t> kinds;  ///< of query, vector and phase
        std::map<std::uint32_t, std::size_t> query_of;              ///< a vector
    };
    using Held = std::pair<std::uint32_t, std::uint32_t>;  ///< number of a vector, phase
    struct Level {                                         // of a layer
        const Layer* layer = nullptr;
        std::size_t first = 0;  ///< where its part of a memory begins
        std::deque<Seat> seats;
        std::set<Held> inner, final;  ///< what positions hold before it: those that are not the last, the last
    };
    struct Pass;

    void check_model() const;
    void check_values();
    void find_positions();
    bool may_matter(Seat& seat, std::size_t query, const Level& level, Spot spot);
    void find_guesses(Register& reg, Seat& seat, const Level& level);
    Held held_at_first(const std::string& symbol, std::size_t phase);
    bool accepts(const Held& held);
    std::size_t kind(Seat& seat, std::size_t query, const Held& held);
    std::size_t query(Seat& seat, const Held& held);
    void learn(std::size_t l, Pass& pass);
    void remember(std::size_t l, Pass& pass);
    void guess(std::size_t l, std::size_t s, std::size_t r, Pass& pass);
    void go_on(std::size_t l, Pass& pass);
    void look(std::size_t l, Pass& pass);
    std::uint32_t found(Seat& seat, const Register& reg, const Pass& pass);
    void rest_of_layer(std::size_t l, const std::vector<std::uint32_t>& kinds, Pass& pass);

    const Model& model_;
    Scale scale_;
    Budget& budget_;
    std::uint64_t kept_bytes_ = 0;
    Store store_;
    std::vector<Line> positions_;
    std::vector<Level> levels_;
    std::size_t top_ = 0;  ///< one above the last layer with attention
    std::size_t size_ = 1;
    bool learned_ = false;
    std::map<Line, std::uint32_t> numbers_;
    std::vector<const Line*> lines_;
    std::map<std::vector<std::uint32_t>, std::uint32_t>
        results_;  ///< of a layer, a vector, its phase, and a kind by head
    std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> embedded_;  ///< of a symbol and a phase
    std::map<Held, bool> answers_;  ///< of what the last position holds at the end
};

}  // namespace attest::checker
