#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "checker/machine/sequence.hpp"

namespace attest::checker {

/// One run of a machine over all words: its memories, each kept once, and what each symbol does to them. Void if the machine learns
/// something.
class Walk {
  public:
    using Memory = Sequence::Memory;

    /// What the model does with a word, by the runs whose guesses fit to its end: one of all.
    struct Said {
        bool accepts = false, rejects = false;

        void add(std::optional<bool> answer);
        bool contradicts(const Said& other) const { return (accepts && other.rejects) || (rejects && other.accepts); }
    };
    struct Reading {
        std::vector<const Memory*> after;
        Said said;  ///< if the symbol is the word's last
    };

    /// alphabet  by which symbols are numbered
    /// Needs     all outlive this, and the machine has begun a run
    Walk(const Model& model, const std::vector<Symbol>& alphabet, Sequence& machine, Budget& budget)
        : model_(model), alphabet_(alphabet), machine_(machine), budget_(budget) {}

    std::vector<const Memory*> starts();
    /// Needs  the model has a begin or an end symbol
    Said empty_word();
    const Reading& read(const Memory* memory, std::size_t symbol);

  private:
    const Memory* keep(const Memory& memory);
    std::optional<bool> at_end(const Memory* memory);

    const Model& model_;
    const std::vector<Symbol>& alphabet_;
    Sequence& machine_;
    Budget& budget_;
    std::set<Memory> memories_;
    std::map<const Memory*, std::vector<std::optional<Reading>>> readings_;  ///< by memory, then symbol
    std::map<const Memory*, std::optional<bool>> ends_;
};

}  // namespace attest::checker
