#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checker/machine/sequence.hpp"
#include "checker/question/question.hpp"

namespace attest::checker {

/// What a position may hold at a boundary.
struct HeldValue {
    Line line;
    std::size_t phase = 0;

    bool operator==(const HeldValue& o) const {
        return phase == o.phase && line.fixed == o.line.fixed && line.slope == o.line.slope;
    }
};

/// What a model makes of what its positions hold and its heads find.
class LayerRules {
  public:
    /// Throws  Defect: a model that section 21 does not allow
    LayerRules(const Question& question, const Scale& scale, Budget& budget);

    Sequence& sequence() { return sequence_; }
    std::size_t kind(std::size_t layer, std::size_t head, std::size_t query, const HeldValue& value);
    bool accepted(const HeldValue& value);

  protected:
    /// The phase of a position and those of the positions after it, each once.
    std::vector<std::size_t> phases_from(std::size_t phase) const;
    /// The number of a value in a list in which each stands once.
    std::size_t place(std::vector<HeldValue>& values, HeldValue value);
    HeldValue rest(std::size_t layer, const HeldValue& value, const std::vector<std::optional<std::size_t>>& kinds);

    const Model& model_;
    Scale scale_;
    Budget& budget_;
    Sequence sequence_;
};

/// For a query: kinds of which the best far position may be.
struct KindRegister {
    std::size_t query = 0;
    std::vector<std::size_t> kinds;
};

/// Things that a head may find and that bring the same: entries of a register, the number after its kinds being nothing.
struct HeadFind {
    std::optional<std::size_t> kind;  ///< one that brings it; none: nothing is brought
    std::vector<std::size_t> entries;
};

/// What the heads of a layer may find for one value, and what becomes of it.
struct ValueStep {
    std::vector<const KindRegister*> registers;                           ///< by head; null: none
    std::vector<std::vector<HeadFind>> finds;                             ///< by head
    std::vector<std::pair<std::vector<std::size_t>, std::size_t>> cases;  ///< a find for each head, and the value above
};

/// The values of positions of one sort, at each boundary as far as they are followed.
struct ValueColumn {
    std::vector<std::size_t> first;              ///< of symbol and letter phase: which value at boundary 0
    std::vector<std::vector<HeldValue>> values;  ///< [boundary]
    std::vector<std::vector<ValueStep>> steps;   ///< [layer × value below]
};

/// All that may be held and found (FORMAT.md, section 31).
class PossibleValues : public LayerRules {
  public:
    /// Throws  Defect where section 31 has no machine
    PossibleValues(const Question& question, const Scale& scale, Budget& budget);

    std::vector<std::size_t> letter_phases;
    std::vector<std::vector<std::vector<KindRegister>>> registers;  ///< [layer × head]
    ValueColumn letters, ends;

  private:
    void start(ValueColumn& column, const std::vector<std::string>& symbols);
    void add_registers(std::size_t layer);
    void move_up(ValueColumn& column, std::size_t layer);
    ValueStep step(std::size_t layer, const HeldValue& value, std::vector<HeldValue>& above);
    std::vector<HeadFind> finds(std::size_t layer, std::size_t head, const KindRegister* found, const HeldValue& asker);
    void move_begin(std::size_t layer);

    std::optional<HeldValue> begin_;  ///< what the begin symbol holds at the boundary that is reached
};

}  // namespace attest::checker
