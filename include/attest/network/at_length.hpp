#pragma once

#include <cstdint>
#include <memory>

#include "attest/network/transformer.hpp"

namespace attest::network {

/// A transformer as it is for words of one length: what depends on the length alone is settled. Layers that repeat stand as
/// often as they repeat (so a layer's number is that of the run), and a readout bias in n is its value, where that is rational.
/// What has neither is not copied.
class AtLength {
  public:
    /// Needs   `transformer` outlives this
    /// Throws  InputError for a length beyond `max_length`; for a repetition that is not a whole number from 0, or more
    ///         than 65,536 layers in all
    AtLength(const Transformer& transformer, std::int64_t length);
    AtLength(Transformer&&, std::int64_t) = delete;

    const Transformer& operator*() const { return *model_; }
    const Transformer* operator->() const { return model_; }

  private:
    friend AtLength in_version_1(const Transformer& transformer, std::int64_t length);
    Transformer& own();

    std::shared_ptr<Transformer> own_;  // a copy, where something is settled
    const Transformer* model_;
};

/// Throws  Unsupported if the model accepts and rejects no word; InputError if it is not for words of this length, or if
///         there is nothing to read in one
void require_decidable(const Transformer& transformer, std::int64_t length);

/// The same with what version 1 can say said as it does: norms of the whole stand in layers of their own that add 0, and one
/// score stands for two classes, that of the accepted class less that of the other. Its sign says accept or reject as before;
/// a score of 0 may be either (the class listed first decides).
/// Throws  Unsupported for more classes than two, or none accepted
AtLength in_version_1(const Transformer& transformer, std::int64_t length);

}  // namespace attest::network
