#pragma once

#include <cstddef>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::progress {

/// A matrix of doubles, row by row.
struct Dense {
    std::size_t rows = 0, columns = 0;
    std::vector<double> entries;

    Dense() = default;
    Dense(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), entries(row_count * column_count, 0) {}
    double& at(std::size_t r, std::size_t c) { return entries[r * columns + c]; }
    double at(std::size_t r, std::size_t c) const { return entries[r * columns + c]; }
    const double* row(std::size_t r) const { return entries.data() + r * columns; }
    double* row(std::size_t r) { return entries.data() + r * columns; }
};

/// A network that answers two operands of 0 … p − 1 with a class, in doubles: one layer of softmax attention, read at the last
/// position, and a feed-forward part with ReLU.
class AdditionNetwork {
  public:
    /// Throws  Unsupported for any other network, which names what is other
    AdditionNetwork(const network::Transformer& transformer, std::size_t modulus);

    std::size_t modulus() const { return modulus_; }
    /// Shape   [p² × p]: row a p + b; the classes 0 … p − 1
    /// Exact   rounded: some 1e-12 of the greatest logit
    /// Cost    O(p² m (d + p)) for m neurons; attention and embeddings by tables
    Dense logits() const;
    /// Shape   [p × d]: what each operand is embedded as
    const Dense& embedding() const { return embedding_; }
    /// Shape   [p × m]: what a neuron adds to the logit of each class
    const Dense& from_neurons() const { return from_neurons_; }
    /// Σθ² over all numbers of the network.
    double squared_norm() const { return squared_norm_; }

  private:
    struct Head {
        std::vector<std::vector<double>>
            weight;                ///< exp of the score, by position and operand (one entry: the end symbol)
        std::vector<Dense> value;  ///< what it adds, likewise
    };

    void add_head(const network::Attention& attention, const network::Head& head);
    void read_feed_forward(const network::FeedForward& part);
    void read_classes(const network::Transformer& t);
    void add_squares(const exact::AffineMap& map);
    std::vector<double> residual(std::size_t a, std::size_t b) const;

    std::size_t modulus_, dimension_;
    Dense embedding_;
    std::vector<Dense> at_position_;  ///< by position: embedding with position, a row an operand
    std::vector<Head> heads_;
    Dense to_neurons_;  ///< [m × d]
    std::vector<double> neuron_bias_;
    Dense from_neurons_;         ///< [p × m]
    Dense direct_;               ///< [p × d]: from the residual stream to the logits
    std::vector<double> shift_;  ///< [p]
    double squared_norm_ = 0;
};

}  // namespace attest::progress
