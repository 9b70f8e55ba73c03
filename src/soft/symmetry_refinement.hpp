#pragma once

#include <set>
#include <string>

#include "network/need.hpp"
#include "symbol_coordinates.hpp"
#include "symmetry_dependence.hpp"
#include "symmetry_partition.hpp"

namespace attest::soft {

/// One round of the refinement of symmetry.cpp: dependences of all vectors, from the embedding upwards, under the
/// assumption that only counts in the classes matter.
class Refinement {
  public:
    /// Needs   all arguments to outlive this; a model without `repeat`
    Refinement(const network::Transformer& transformer, const SymbolCoordinates& symbol_coordinates, std::int64_t n,
               const network::Need& need, Partition& partition);

    /// False: the assumption failed for a class, which is now divided.
    bool run();

  private:
    // The parts of the network, one after the other (symmetry_refinement.cpp).
    void embed();
    std::vector<int> position_forms(std::size_t c, const std::vector<exact::Vector>& rows);
    bool attend(std::size_t l);
    void feed(std::size_t l);
    Dependences through_maps(const network::FeedForward& part, const Dependences& input);
    bool pool();

    // Norms.
    Dependences normed(std::size_t p, const Dependences& from);
    Dependences normed_before(const std::optional<network::Norm>& norm, std::size_t p);
    void norm_after(const std::optional<network::Norm>& norm, std::size_t p, Dependences& vector);
    void norm_all(const network::Norm& norm);
    bool keeps_symbols_inside(const Dependences& vector) const;

    // Heads (symmetry_heads.cpp).
    /// A head as symmetry sees it: where its scores know positions by themselves.
    struct Pattern {
        const network::Head& head;
        network::Mask mask;
        bool rotary;    ///< queries and keys are turned by position, so that a key is another thing at each
        bool by_key;    ///< scores depend on the key position itself
        bool by_query;  ///< scores depend on the query position itself
        /// Whether all query positions see the same keys with the same biases, but for a summand of their own.
        bool is_uniform() const { return mask == network::Mask::none && !(by_key && by_query); }
    };
    /// All that one summand of a head's sum depends on: key, one row of the value, and bias.
    struct Summand {
        bool symbol = false;
        Dependences parts;
        std::string bias;
        auto operator<=>(const Summand&) const = default;
    };
    Pattern pattern_of(std::size_t l, const network::Head& head) const;
    bool add_head(std::size_t l, const network::Head& head, const std::vector<Dependences>& from,
                  std::vector<Dependences>& to);
    bool sums_over_classes(const Pattern& pattern, const std::vector<bool>& value_rows,
                           const std::vector<Dependences>& from, std::size_t i);
    bool sums_over_classes(const Pattern& pattern, std::size_t row, const std::vector<Dependences>& from,
                           std::size_t i);
    Summand summand(const Pattern& pattern, std::size_t row, const Dependences& from, std::size_t i,
                    std::size_t j) const;
    Dependence weighted_sum(const Pattern& pattern, const Dependences& from, std::size_t i);

    std::int64_t position(std::size_t p) const { return static_cast<std::int64_t>(p) + 1; }
    const network::Coordinates& needed(std::size_t boundary, std::size_t p) const {
        return need_.at(boundary, position(p));
    }

    const network::Transformer& t_;
    const std::size_t n_;
    const network::Need& need_;
    Partition& partition_;
    const std::map<int, std::vector<std::size_t>> classes_;
    const SymbolCoordinates& symbol_coordinates_;
    std::vector<bool> isometric_;       // by position (symbol_coordinates.hpp)
    std::vector<Dependences> vectors_;  // by position
    Forms forms_;
};

}  // namespace attest::soft
