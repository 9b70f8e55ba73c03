#pragma once

#include <optional>
#include <utility>

#include "checker/soft/linear.hpp"

namespace attest::checker {

/// A norm in doubles with errors.
struct NearNorm {
    bool pre, rms;
    Near eps;
    std::vector<Near> gain, bias;
};

/// A softmax model at one length for bounds over many words (FORMAT.md section 17).
class RegionModel {
  public:
    /// Needs   the instance to outlive this
    /// Throws  Defect: a model of another kind than section 17 is about
    RegionModel(const SoftInstance& instance, Budget& budget);

    /// Two numbers between which are the scores of all words of the graph; nothing where the arithmetic gives out.
    /// Needs   a graph that is not empty
    std::optional<std::pair<double, double>> bounds(const WordGraph& words, Budget& budget) const;

  private:
    friend class RegionPass;
    struct HeadMaps {
        std::optional<NearMap> query, key;
        NearMap value, output;
        std::vector<Near> constant;  ///< what it adds where it is not live
        std::vector<Near> biases;    ///< [p n + j], or none
    };
    struct LayerMaps {
        std::vector<HeadMaps> heads;
        std::vector<NearMap> maps;
        Near slope;  ///< of leaky-relu
        std::optional<NearNorm> attention_norm, feedforward_norm;
    };

    const SoftInstance& x_;
    std::vector<std::vector<std::vector<Near>>> places_;  ///< [p][symbol of the alphabet, or one]
    std::vector<LayerMaps> layers_;                       ///< by number of the model's layer
    std::optional<NearNorm> final_norm_;
    NearMap readout_;              ///< one row
    std::uint64_t most_rows_ = 1;  ///< of any vector
};

}  // namespace attest::checker
