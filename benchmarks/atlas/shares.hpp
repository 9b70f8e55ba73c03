#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/share.hpp"
#include "base/records.hpp"
#include "lines.hpp"

namespace attest::atlas {

/// Automata of one size.
struct Size {
    std::size_t letters = 0, states = 0;

    bool operator==(const Size&) const = default;
};

/// The atlas in shares of all tables of all sizes, each with a record in a folder that several processes see.
class Shares {
  public:
    /// Throws  InputError if the folder cannot be used, is of other sizes or shares, or holds what is no record
    Shares(std::string folder, std::vector<Size> sizes, std::size_t shares);

    /// Makes the shares of this process that have no record of this user's.
    void make(base::Share own);
    /// Makes those again that have a record of somebody else's.
    void replace_foreign();

    std::size_t missing() const { return count_ - made_.size(); }
    /// In the order of the census.
    /// Needs   nothing missing
    std::vector<Line> lines_of(const Size& size) const;

  private:
    using Tables = std::map<std::size_t, std::vector<Line>>;  ///< by number

    void make_one(std::size_t share);
    void take_up(const std::string& record, const std::string& place);

    std::string folder_;
    std::vector<Size> sizes_;
    std::size_t count_;
    base::Records records_;
    std::map<std::size_t, std::vector<Tables>> made_;  ///< by share; tables by size
};

}  // namespace attest::atlas
