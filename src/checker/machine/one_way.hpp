#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/machine/pair_table.hpp"
#include "checker/machine/sequence.hpp"

namespace attest::checker {

/// A machine no head of which looks to the right, so that a symbol leads to one memory. What a layer remembers has a number, and so has the
/// list of what it and all layers above it remember: the number of its own part, and that of the list above. What such a list does with a
/// vector is worked out once; of memories that differ below only, what is above is not worked out again. What all layers together do is
/// not kept, since a search asks it once.
///
/// Void if the machine learns something.
class OneWay {
  public:
    /// The list of all layers, and a phase.
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
    static constexpr List most_lists = (1U << 30) - 1;  ///< a list and an answer fit in 32 bits
    struct Risen {
        std::uint32_t part = 0, input = none;
    };
    /// Pairs of numbers, by numbers.
    struct Numbered {
        explicit Numbered(Budget& budget) : numbers(budget) {}

        PairTable numbers;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    };
    struct Layer {
        explicit Layer(Budget& budget)
            : lists(budget),
              inputs(budget),
              risen_at{PairTable(budget), PairTable(budget)},
              met{PairTable(budget), PairTable(budget)} {}

        std::map<Sequence::Memory, std::uint32_t> part_numbers;
        std::vector<const Sequence::Memory*> parts;
        Numbered lists;   ///< the list above and a part
        Numbered inputs;  ///< a vector and a phase: what the layer is given
        std::vector<Risen> risen;
        PairTable
            risen_at[2];   ///< of a part and an input, where in `risen` is what the layer alone does; of last positions
        PairTable met[2];  ///< of a list and an input, packed; of last positions
    };
    struct Result {
        List after = none;
        std::uint32_t answer = unknown;
    };
    static constexpr std::uint32_t rejects = 0, accepts = 1, unknown = 2;

    std::uint32_t part(Layer& layer, const Sequence::Memory& memory);
    std::uint32_t number(Numbered& known, std::uint32_t first, std::uint32_t second);
    Numbered& inputs(std::size_t l) { return l == layers_.size() ? last_inputs_ : layers_[l].inputs; }
    std::uint32_t embedded(std::size_t symbol, std::size_t phase);
    Result first_layer(List list, std::uint32_t input, bool is_last);
    Result meet(std::size_t l, List list, std::uint32_t input, bool is_last);
    Risen rise(std::size_t l, std::uint32_t part, std::uint32_t input, bool is_last);
    Result work_out(std::size_t l, List list, std::uint32_t input, bool is_last);
    std::uint32_t answer(std::uint32_t input);

    Sequence& machine_;
    Budget& budget_;
    std::vector<Layer> layers_;           ///< up to the last one with attention
    Numbered last_inputs_;                ///< behind the last layer with attention
    std::vector<std::uint32_t> answers_;  ///< of these, as far as they are known
    Numbered states_;                     ///< the list of all layers and a phase
    const std::vector<std::string>& symbols_;
    std::vector<std::optional<std::uint32_t>> embedded_;  ///< [phase × symbol]: the input of the first layer
};

}  // namespace attest::checker
