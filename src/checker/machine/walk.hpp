#pragma once

#include <map>
#include <optional>
#include <vector>

#include "checker/machine/one_way.hpp"
#include "checker/machine/sequence.hpp"

namespace attest::checker {

/// One run of a machine over all words: its memories by numbers, and what each symbol does to them. Void if the machine learns something.
class Walk {
  public:
    using State = std::uint32_t;

    /// What the model does with a word, by the runs whose guesses fit to its end: one of all.
    struct Said {
        bool accepts = false, rejects = false;

        void add(std::optional<bool> answer);
        bool contradicts(const Said& other) const { return (accepts && other.rejects) || (rejects && other.accepts); }
    };
    struct Reading {
        std::vector<State> after;
        Said said;  ///< if the symbol is the word's last
    };

    /// alphabet  by which symbols are numbered
    /// Needs     all outlive this, and the machine has begun a run
    Walk(const Model& model, const std::vector<Symbol>& alphabet, Sequence& machine, Budget& budget);
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;

    std::vector<State> starts();
    /// Needs  the model has a begin or an end symbol
    Said empty_word();
    /// Valid until the next call.
    const Reading& read(State state, std::size_t symbol);

  private:
    State keep(const Sequence::Memory& memory);
    std::optional<bool> at_end(State state);
    void read_one_way(State state, std::size_t symbol);

    const Model& model_;
    std::vector<Symbol> symbols_;  ///< the alphabet, then begin and end
    std::size_t letters_, begin_, end_;
    Sequence& machine_;
    Budget& budget_;
    std::optional<OneWay> one_way_;  ///< has what it needs of the rest, if there is one
    Reading reading_;
    std::map<Sequence::Memory, State> numbers_;
    std::vector<const Sequence::Memory*> memories_;
    std::vector<std::vector<std::optional<Reading>>> readings_;  ///< [state × symbol]
    std::map<State, std::optional<bool>> ends_;
};

}  // namespace attest::checker
