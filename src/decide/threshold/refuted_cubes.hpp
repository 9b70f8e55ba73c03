#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"
#include "base/records.hpp"
#include "decide/threshold/cubes.hpp"

namespace attest::threshold {

/// Refuted cubes, and the assignment of one that is not, kept in a journal if there is a path for one.
class RefutedCubes {
  public:
    /// `path`: empty for none. `question`: what the cubes are of, `count` cubes. Of a folder only the records of the share
    /// are read, since the proofs of all may be long.
    /// Throws  InputError if there is no journal of this question, or it cannot be written
    RefutedCubes(const std::string& path, const std::string& question, std::size_t count, base::Share share);

    /// By the number of the cube.
    const std::map<std::size_t, CubeProof>& all() const { return refuted_; }
    /// The literals that are true in an assignment that was found earlier: to be tried, not believed.
    const std::optional<std::vector<Literal>>& assignment() const { return assignment_; }
    void add(std::size_t number, CubeProof proof);
    void add_assignment(const std::vector<Literal>& literals);

  private:
    std::size_t count_;
    base::Records records_;
    std::map<std::size_t, CubeProof> refuted_;
    std::optional<std::vector<Literal>> assignment_;
};

}  // namespace attest::threshold
