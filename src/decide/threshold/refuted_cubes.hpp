#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/journal.hpp"
#include "decide/threshold/cubes.hpp"

namespace attest::threshold {

/// Refuted cubes, kept in a journal if there is a path for one.
class RefutedCubes {
  public:
    /// `path`: empty for none. `question`: what the cubes are of.
    /// Throws  InputError if the file is no journal of this question, or cannot be written
    RefutedCubes(const std::string& path, const std::string& question);

    /// By the number of the cube.
    const std::map<std::size_t, CubeProof>& all() const { return refuted_; }
    void add(std::size_t number, CubeProof proof);

  private:
    std::optional<base::Journal> journal_;
    std::map<std::size_t, CubeProof> refuted_;
};

}  // namespace attest::threshold
