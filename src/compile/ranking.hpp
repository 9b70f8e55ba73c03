#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/network/transformer.hpp"
#include "network/need.hpp"
#include "value_set.hpp"

namespace attest::compile {

/// A value at a position that a head may choose.
struct Candidate {
    std::int64_t position;
    std::uint32_t value;  ///< index in V(b−1, position)
    std::uint32_t image;  ///< index in Ranking::images
};

/// The candidates at one position that share a score.
struct Step {
    std::int64_t position;
    std::vector<Candidate> candidates;
    bool whole;  ///< these are all values of the position
};

/// Vectors that stand elsewhere, each there once: many queries have the same images.
class Images {
  public:
    void push_back(const exact::Vector& image) { images_.push_back(&image); }
    std::size_t size() const { return images_.size(); }
    const exact::Vector& operator[](std::size_t k) const { return *images_[k]; }

  private:
    std::vector<const exact::Vector*> images_;
};

/// How one head at one position, asking one query, prefers what it may find: classes of equal score from the
/// greatest down, as far as they can matter (FORMAT.md, 6.3, 1 to 3).
struct Ranking {
    std::vector<std::vector<Step>> classes;  ///< steps in ascending order of positions
    Images images;  ///< what the head can contribute, full width, zero off mid(p); they live as long as the ranker
    std::size_t candidates = 0;
    network::Mask mask = network::Mask::none;  ///< of the head
    network::Tie tie = network::Tie::left;

    /// Whether of two positions of equal score the head takes the first.
    bool prefers(std::int64_t position, std::int64_t other) const {
        return tie == network::Tie::left ? position < other : position > other;
    }
};

/// Ranks what the heads of one layer may find.
class Ranker {
  public:
    /// Layer b of the transformer over the value sets of boundary b−1 (index: position).
    Ranker(const network::Transformer& transformer, std::size_t b, std::int64_t n, const network::Need& need,
           const std::vector<ValueSet>& values);

    /// The query of a value of position p, as a number; equal queries have equal numbers.
    std::uint32_t query(std::size_t head, std::int64_t p, std::uint32_t value);
    Ranking rank(std::size_t head, std::int64_t p, std::uint32_t query);
    /// The contribution of a head at a position at which it is not live.
    exact::Vector constant(std::size_t head, std::int64_t p) const;

  private:
    /// An order for a map, with one comparison a coordinate; the library's operator< on ranges would make two.
    struct Less {
        bool operator()(const exact::Vector& a, const exact::Vector& b) const;
    };
    using Vectors = base::Interner<exact::Vector, std::map<exact::Vector, std::uint32_t, Less>>;

    struct Found {
        std::uint32_t key, contribution;
    };
    const std::vector<Found>& found(std::size_t head, std::int64_t j);
    struct Product {
        exact::Rational exact;
        std::int64_t small = 0;
        bool known = false, whole = false;
    };
    const Product& product(std::size_t head, std::uint32_t query, std::uint32_t key);
    struct Biases {
        std::int64_t position = 0;
        bool whole = true;
        std::vector<std::int64_t> small;     // by position, if whole
        std::vector<exact::Rational> exact;  // by position, if not
    };
    const Biases& biases(std::size_t head, std::int64_t p);
    struct Scored {
        std::int64_t score;  // or its rank among all
        std::int64_t position;
        std::uint32_t value, contribution;
    };
    std::vector<Scored> sorted_scores(std::size_t head, std::int64_t p, std::uint32_t query);
    bool whole_scores(std::size_t head, std::int64_t p, std::uint32_t query, const Biases& bias,
                      std::vector<Scored>& scored);
    void rational_scores(std::size_t head, std::int64_t p, std::uint32_t query, const Biases& bias,
                         std::vector<Scored>& scored);

    const network::Transformer& transformer_;
    const network::Attention& attention_;
    std::size_t b_;
    std::int64_t n_;
    const network::Need& need_;
    const std::vector<ValueSet>& values_;
    std::vector<exact::Rational> scales_;
    Vectors queries_, keys_, contributions_, images_;
    std::vector<std::vector<std::vector<Found>>> found_;                           // [head][position]
    std::vector<std::vector<std::vector<Product>>> products_;                      // [head][query][key]
    std::vector<Biases> biases_;                                                   // [head], of the last position asked
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> restricted_;  // (mid set, contribution) → image
};

}  // namespace attest::compile
