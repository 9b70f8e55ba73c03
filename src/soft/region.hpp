#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "base/random.hpp"

namespace attest::soft {

/// An automaton whose states say what may follow: words of one length are those of a language, or those that are not.
struct Side {
    std::uint32_t start = 0;
    std::vector<std::vector<std::uint32_t>> next;  ///< [state][symbol of the model]
    std::vector<bool> wanted;                      ///< by state, at the end
};

/// Some words of one length: the word is cut into segments, of each of which is known how often each symbol comes in it, or
/// nothing.
struct Region {
    struct Segment {
        std::uint32_t first, last;          ///< positions of the word from 0, the last one excluded
        std::vector<std::uint32_t> counts;  ///< [symbol]; empty: not known

        std::uint32_t size() const { return last - first; }
        /// Whether it leaves one choice.
        bool is_settled() const;
    };
    std::vector<Segment> segments;

    static Region all(std::uint32_t length);
    /// The regions that a segment falls into when its counts are told, or, where they are known, those of its first half; in
    /// lexicographic order of these counts.
    /// Needs   the segment is not settled
    std::vector<Region> split(std::size_t segment, std::size_t symbols) const;
};

/// The words of a region on one side, as the paths of a graph with a layer a position.
class Paths {
  public:
    struct Edge {
        std::uint32_t from, to;
        language::Symbol symbol;
    };

    Paths(const Region& region, const Side& side, std::size_t symbols);

    bool empty() const { return words_ == 0; }
    double words() const { return words_; }  ///< rounded
    std::size_t length() const { return edges_.size(); }
    const std::vector<Edge>& edges(std::size_t position) const { return edges_[position]; }
    std::size_t nodes(std::size_t layer) const { return nodes_[layer]; }
    /// The symbols that some word has there, ascending.
    const std::vector<language::Symbol>& symbols(std::size_t position) const { return symbols_[position]; }
    /// Needs   not empty()
    language::Word some_word() const;
    /// Needs   not empty()
    language::Word random_word(base::Random& random) const;
    /// On about which part of the words a symbol stands there.
    double frequency(std::size_t position, language::Symbol s) const { return frequency_[position][s]; }

  private:
    std::vector<std::vector<Edge>> edges_;
    std::vector<std::size_t> nodes_;
    std::vector<std::vector<language::Symbol>> symbols_;
    std::vector<std::vector<double>> frequency_;
    double words_ = 0;
};

}  // namespace attest::soft
