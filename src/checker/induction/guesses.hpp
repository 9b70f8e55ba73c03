#pragma once

#include <array>
#include <optional>
#include <vector>

#include "checker/induction/values.hpp"

namespace attest::checker {

/// For a query: kinds of what the best far position, and the best one to the right, may be.
struct GuessedRegister {
    std::size_t query = 0;
    std::vector<std::size_t> far, right;
    std::vector<bool> also_left;  ///< by kind to the right: whether it has something to its right itself
};

/// One more place that a head looks at.
struct GuessedLook {
    Spot spot = 0;
    std::size_t results = 0;
    /// What was found, what is there (from 0; nothing comes first where there may be nothing), what is found then.
    std::vector<std::array<std::size_t, 3>> cases;
};

/// How a head finds what it finds for one value: first nothing, or what its register says is far; then look by look.
struct GuessedSearch {
    const GuessedRegister* found_in = nullptr;
    std::vector<GuessedLook> looks;
    std::vector<std::optional<std::size_t>> brings;  ///< a kind that brings it; none: nothing is brought
    std::vector<std::vector<std::size_t>> finds;     ///< by what they bring
};

struct GuessedValueStep {
    std::vector<GuessedSearch> searches;  ///< by head
    std::vector<std::pair<std::vector<std::size_t>, std::size_t>>
        cases;  ///< what each head brings, and the value above
};

struct GuessedColumn {
    std::vector<std::size_t> first;              ///< which value at boundary 0
    std::vector<std::vector<HeldValue>> values;  ///< [boundary]
    std::vector<std::vector<GuessedValueStep>> steps;
};

/// All that may be held and found (FORMAT.md, section 40).
class GuessedValues : public LayerRules {
  public:
    /// Throws  Defect where section 40 has no machine
    GuessedValues(const Question& question, const Scale& scale, Budget& budget);
    GuessedValues(const GuessedValues&) = delete;
    GuessedValues& operator=(const GuessedValues&) = delete;
    ~GuessedValues() = default;

    std::vector<std::size_t> phases, letter_phases;
    std::vector<std::vector<std::vector<GuessedRegister>>> registers;  ///< [layer × head]
    GuessedColumn inner, ends;

    bool has_guesses() const;
    std::size_t window(std::size_t layer);

  private:
    using Find = std::pair<std::optional<std::size_t>, Spot>;

    void add_registers(std::size_t layer);
    using Askers = std::vector<std::pair<const HeldValue*, std::size_t>>;  ///< values, each with its query
    bool far_is_out_of_reach(std::size_t layer, std::size_t head, std::size_t query, const Askers& askers,
                             const std::vector<std::size_t>& inner_kinds);
    GuessedRegister make_register(std::size_t layer, std::size_t head, std::size_t query, const Askers& askers);
    void move_up(GuessedColumn& column, std::size_t layer);
    GuessedSearch search(std::size_t layer, std::size_t head, const HeldValue& asker, bool is_end);
    GuessedLook look(Preference& preference, Spot spot, const std::vector<std::optional<std::size_t>>& there,
                     std::vector<Find>& finds);
    void add_cases(std::size_t layer, const HeldValue& value, GuessedValueStep& step, std::vector<HeldValue>& above);
};

}  // namespace attest::checker
