#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"

namespace attest::classify {

using State = language::Dfa::State;

/// What letters do to states, without start and acceptance.
struct Table {
    std::size_t states = 0, letters = 0;
    std::vector<State> next;  ///< [state × letter]

    State at(State q, language::Symbol a) const { return next[q * letters + a]; }
};

Table table_of(const language::Dfa& automaton);

/// The transition monoid of an automaton: the maps of states to states that words are. Of a minimal automaton it is the
/// syntactic monoid of its language; with the letters that generate it, its stamp.
///
/// Elements are numbered by the shortest words that are them, of equal length in the order of the alphabet; 0 is the
/// identity.
class Monoid {
  public:
    using Element = std::uint32_t;

    /// Throws  Unsupported beyond `most` elements, or where a limit is exceeded
    /// Cost    O(|M| |Σ| |Q|) time, O(|M| (|Σ| + |Q|)) memory
    explicit Monoid(const Table& table, const base::Limits& limits = {}, std::size_t most = 1'000'000);

    std::size_t size() const { return parent_.size(); }
    std::size_t letters() const { return letters_; }
    std::size_t states() const { return states_; }

    Element letter(language::Symbol a) const { return right_[a]; }
    /// The element of a word and then a letter, and of a letter and then a word.
    Element right(Element e, language::Symbol a) const { return right_[e * letters_ + a]; }
    Element left(language::Symbol a, Element e) const { return left_[e * letters_ + a]; }
    /// [element × letter]: the two Cayley graphs.
    const std::vector<Element>& right_graph() const { return right_; }
    const std::vector<Element>& left_graph() const { return left_; }

    /// Where each state goes.
    std::span<const std::uint16_t> map(Element e) const { return {maps_.data() + e * states_, states_}; }
    Element product(Element e, Element f) const;
    bool is_idempotent(Element e) const;
    /// The shortest word that is this element, of these the first.
    language::Word word(Element e) const;

  private:
    Element find(const std::uint16_t* map) const;
    std::size_t slot(const std::uint16_t* map) const;
    Element intern(const std::uint16_t* map, Element parent, language::Symbol by);

    std::size_t states_, letters_;
    std::vector<std::uint16_t> maps_;  ///< [element × state]
    std::vector<Element> right_, left_;
    std::vector<Element> parent_;
    std::vector<language::Symbol> by_;  ///< the last letter of its word
    std::vector<Element> slots_;        ///< a hash table, a power of two in size
};

}  // namespace attest::classify
