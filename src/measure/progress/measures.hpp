#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "measure/progress/addition_network.hpp"

namespace attest::progress {

/// The pairs of operands on which a network was trained, among all p².
class Split {
  public:
    /// Throws  InputError (`name`: the line) unless each line holds two operands, no pair twice; all pairs, or none, is refused
    static Split parse(const std::string& text, const std::string& name, std::size_t modulus);

    bool trains(std::size_t input) const { return train_[input]; }
    std::size_t train_count() const { return count_; }
    std::size_t size() const { return train_.size(); }

  private:
    std::vector<bool> train_;  ///< by a p + b
    std::size_t count_ = 0;
};

/// How far a network is on the way to add by Fourier features, in numbers. Losses are mean cross-entropies in nats.
///
/// Exact   rounded doubles: losses within some 1e-12, the others within a relative 1e-12
struct Measures {
    double train_loss = 0, test_loss = 0;
    std::size_t right = 0, test_right = 0;  ///< inputs on which the right class leads
    double margin = 0;                      ///< least lead of the right class; negative where another leads
    std::pair<std::size_t, std::size_t> margin_at;
    double restricted_loss = 0;  ///< on all inputs, of the logits' part in cos and sin of key frequencies of a + b
    double restricted_test_loss = 0;
    double excluded_loss = 0;                     ///< on the training inputs, of the logits without that part
    std::vector<double> excluded_each;            ///< without one key frequency alone, in the order of the keys
    double gini_embedding = 0, gini_neurons = 0;  ///< of the Fourier components of W_E and W_L
    double gini_embedding_frequencies = 0, gini_neurons_frequencies = 0;  ///< by frequency, without the constant
    double squared_norm = 0;                                              ///< Σθ²
    double key_share = 0;  ///< of the logits' variance that lies in that part
};

/// Frequencies k of which cos and sin of 2πk(a + b)/p carry at least a fiftieth of the logits' variance, ascending.
std::vector<std::size_t> key_frequencies(const Dense& logits, std::size_t modulus);

/// Source  [nanda2023progress]
/// Needs   keys in 1 … (p − 1)/2; a modulus that is odd
/// Cost    O(p³)
Measures measure(const AdditionNetwork& network, const Dense& logits, const Split& split,
                 const std::vector<std::size_t>& keys);

/// Gini's coefficient 1 − 2 Σ_i (x_(i) / Σx) (n − i + ½) / n, x ascending, of numbers that are not negative and not all 0.
double gini(std::vector<double> values);

/// Norms of the Fourier components of a function of 0 … p − 1 with values in a space: the constant, then cos and sin of each
/// frequency.
/// Shape   values: [p × any]; result: p
std::vector<double> component_norms(const Dense& values);

/// What training went through, by the first checkpoint of each phase.
struct Phase {
    std::string name;                 ///< `memorisation`, `circuit formation`, `cleanup`, `after`
    std::size_t first = 0, last = 0;  ///< checkpoints; one phase ends where the next begins
};

/// Memorisation while the train loss is above ten times its last value, circuit formation while fewer than half of the test
/// inputs are right, cleanup while the test loss is 1e-3 or more. Phases that no checkpoint is in are left out.
std::vector<Phase> phases(const std::vector<Measures>& checkpoints, std::size_t test_count);

}  // namespace attest::progress
