#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "checker/classes/network_words.hpp"
#include "checker/classes/orders.hpp"
#include "checker/network/tables.hpp"

namespace attest::checker {

/// Who attends: a position of a word, in a layer.
struct Query {
    std::size_t layer, position, word;
};

/// "The position has this value" is what the literal says; the literal 0 stands for ⊤.
struct Activation {
    std::size_t value;
    std::int32_t literal;
};

/// A pair (position, value) to which a head may attend: it is there iff `present`, and attended to iff `selected`.
struct Candidate {
    std::size_t position;
    std::size_t value;
    std::int32_t present;
    std::int32_t selected = 0;
};

using Candidates = std::vector<Candidate>;
using Clause = std::vector<std::int32_t>;

/// The formula of FORMAT.md section 9 as it grows, and what its variables mean: values of positions and orders of
/// heads.
class NetworkVariables {
  public:
    /// Gives  the values at boundary 0: a symbol at each position, always there.
    NetworkVariables(const NetworkClass& network_class, const NetworkWords& all_words, Budget& of_certificate);
    NetworkVariables(const NetworkVariables&) = delete;

    std::int32_t fresh() { return static_cast<std::int32_t>(++formula.variables); }
    /// The clause with some literals more, without the literals ¬⊤ (here 0), and each literal once.
    void add(const Clause& clause, std::initializer_list<std::int32_t> more);

    /// Positions of the sequence of a word.
    std::size_t positions(std::size_t word) const { return words.words[word].size() + (c.reads_end ? 1 : 0); }
    /// The word positions but the one that is read.
    std::vector<std::size_t> unread_positions() const;

    const std::vector<Activation>& activations_at(std::size_t layer, std::size_t position, std::size_t word) const {
        return activations_[layer][word][position - 1];
    }
    std::vector<Activation>& values_after(const Query& q) { return activations_[q.layer][q.word][q.position - 1]; }

    const NetworkClass& c;
    const NetworkWords& words;
    Budget& budget;
    Formula formula;
    Orders orders;
    ValueNumbers values;

  private:
    std::vector<std::vector<std::vector<std::vector<Activation>>>> activations_;  ///< [layer][word][position - 1]
};

}  // namespace attest::checker
