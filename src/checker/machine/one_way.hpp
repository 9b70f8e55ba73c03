#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/machine/key_table.hpp"
#include "checker/machine/sequence.hpp"

namespace attest::checker {

/// A machine no head of which looks to the right, so that a symbol leads to one memory. What a layer remembers has a number, and so has the
/// list of what it and all layers above it remember: the number of its own part, and that of the list above. What such a list does with a
/// vector is worked out once; of memories that differ below only, what is above is not worked out again.
///
/// Void if the machine learns something.
class OneWay {
  public:
    /// A phase, and the list of all layers.
    using State = std::uint32_t;
    struct Met {
        std::optional<State> after;  ///< nothing where the machine has learned what it has no register for
        std::optional<bool> answer;  ///< whether the model accepts if the symbol is the last one
    };

    /// symbols  that are read
    /// Needs    machine.goes_one_way(), the machine has begun a run; both outlive this
    OneWay(Sequence& machine, const std::vector<std::string>& symbols, Budget& budget);

    State start();
    /// A symbol at a position; without an end symbol the answer is that of the sequence that ends there.
    /// Throws  Defect
    Met read(State state, std::size_t symbol);
    /// The last symbol of a sequence. Throws Defect.
    std::optional<bool> finish(State state, std::size_t symbol);

  private:
    using List = std::uint32_t;
    static constexpr std::uint32_t none = UINT32_MAX;
    struct Layer {
        explicit Layer(Budget& budget)
            : lists(budget), rises{KeyTable(budget), KeyTable(budget)}, met{KeyTable(budget), KeyTable(budget)} {}

        std::map<Sequence::Memory, std::uint32_t> part_numbers;
        std::vector<const Sequence::Memory*> parts;
        KeyTable lists;                                              ///< of a part and the list above
        std::vector<std::pair<std::uint32_t, List>> part_and_above;  ///< of a list
        KeyTable rises[2];  ///< of a part and a vector, what the layer alone does; of last positions
        KeyTable met[2];    ///< of a list and a vector; of last positions
    };
    struct Risen {
        std::uint32_t part = 0, line = none;
    };
    struct Result {
        List after = none;
        std::uint32_t answer = unknown;
    };
    static constexpr std::uint32_t rejects = 0, accepts = 1, unknown = 2;

    std::uint32_t part(Layer& layer, const Sequence::Memory& memory);
    List list(std::size_t l, std::uint32_t part, List above);
    State state(std::size_t phase, List list);
    std::uint32_t embedded(std::size_t symbol, std::size_t phase);
    Result meet(std::size_t l, List list, std::uint32_t line, std::size_t phase, bool is_last);
    Risen rise(std::size_t l, std::uint32_t part, std::uint32_t line, std::size_t phase, bool is_last);
    Result work_out(std::size_t l, List list, std::uint32_t line, std::size_t phase, bool is_last);

    Sequence& machine_;
    Budget& budget_;
    std::vector<Layer> layers_;  ///< up to the last one with attention
    KeyTable answers_;           ///< of a vector behind the last layer with attention, and a phase
    KeyTable states_;            ///< of a phase and a list
    std::vector<std::pair<std::uint32_t, List>> phase_and_list_;  ///< of a state
    const std::vector<std::string>& symbols_;
    std::vector<std::optional<std::uint32_t>> embedded_;  ///< [phase × symbol]: the vector
};

}  // namespace attest::checker
