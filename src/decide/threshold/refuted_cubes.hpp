#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"
#include "base/records.hpp"
#include "decide/threshold/cubes.hpp"

namespace attest::threshold {

/// What cubes are of.
struct CubesAsked {
    std::string digest;               ///< of all that they depend on
    std::int32_t variables = 0;       ///< of the formula
    std::vector<std::int32_t> split;  ///< those that cubes give values

    std::size_t count() const { return std::size_t{1} << split.size(); }
    /// The cube of this number: the complement of variable t iff bit t is 0.
    std::vector<Literal> cube(std::size_t number) const;
};

/// Refuted cubes, and the assignment of one that is not, kept in a journal if there is a path for one.
class RefutedCubes {
  public:
    /// `path`: empty for none. Of a folder only the records of the share are read, since the proofs of all may be long.
    /// Throws  InputError if there is no journal of this question, it cannot be written, or a record is of no cube of it
    RefutedCubes(const std::string& path, CubesAsked asked, base::Share share);

    /// By the number of the cube.
    const std::map<std::size_t, CubeProof>& all() const { return refuted_; }
    /// The literals that are true in an assignment that was found earlier: to be tried, not believed.
    const std::optional<std::vector<Literal>>& assignment() const { return assignment_; }
    void add(std::size_t number, CubeProof proof);
    void add_assignment(const std::vector<Literal>& literals);

  private:
    void take_up(const std::string& record, const std::string& place);
    bool are_literals(const std::vector<Literal>& literals) const;

    CubesAsked asked_;
    base::Records records_;
    std::map<std::size_t, CubeProof> refuted_;
    std::optional<std::vector<Literal>> assignment_;
};

}  // namespace attest::threshold
