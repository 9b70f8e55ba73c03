#pragma once

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "machine.hpp"

namespace attest::induction {

/// The most states, or pairs of them, that are looked at.
constexpr std::size_t most_states = std::size_t{1} << 22;

struct HashOfState {
    std::size_t operator()(const Machine::State& state) const {
        std::size_t hash = 0x9E3779B97F4A7C15ULL;
        for (const std::uint32_t x : state) hash = (hash ^ x) * 0x100000001B3ULL + (hash >> 29);
        return hash;
    }
};
/// A machine's states by numbers.
using StateNumbers = base::Interner<Machine::State, std::unordered_map<Machine::State, std::uint32_t, HashOfState>>;

/// The states of a machine by numbers, and what they do on letters, each worked out once. Void if the machine grows.
class Steps {
  public:
    using Number = std::uint32_t;

    /// What the model says of a word, by the runs of the machine that begin with one state: of all runs of a word one says it.
    struct Answers {
        bool accept = false, reject = false;

        void add(std::optional<bool> accepts) {
            accept |= accepts == true;
            reject |= accepts == false;
        }
        bool contradict(const Answers& other) const { return (accept && other.reject) || (reject && other.accept); }
    };
    struct Move {
        std::vector<Number> to;
        Answers answers;  ///< if the letter is the word's last
    };

    /// Needs   both outlive this; the machine was restarted
    Steps(Machine& machine, const network::Transformer& model) : machine_(machine), model_(model) {}

    /// Before the first letter.
    std::vector<Number> starts();
    /// Of the empty word.
    /// Needs   the model has a begin or an end symbol
    Answers empty_word();
    const Move& move(Number state, language::Symbol letter);

    std::size_t size() const { return states_.size(); }

  private:
    std::optional<bool> at_end(Number state);

    Machine& machine_;
    const network::Transformer& model_;
    StateNumbers states_;
    std::deque<std::optional<Move>> moves_;  ///< [state · letters + letter]; what was given stays in its place
    std::vector<std::optional<std::optional<bool>>> ends_;  ///< by state: acceptance if the sequence ends
};

}  // namespace attest::induction
