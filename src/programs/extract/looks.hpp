#pragma once

#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "bits.hpp"
#include "programs/brasp/program.hpp"

namespace attest::programs::extract {

/// One attention of B-RASP: of the positions before i where some term has its query at i and its key there, the last or the
/// first; the bit is its value there, false if there is none.
struct LookBack {
    bool rightmost = true;
    std::vector<std::pair<Literal, Literal>> terms;  ///< query at i, key at j
    Literal value = no;                              ///< at j
    std::pair<std::size_t, std::size_t> origin;      ///< layer, head from 1; or a variable, and 0

    auto key() const { return std::tie(rightmost, terms, value); }
    bool operator<(const LookBack& other) const { return key() < other.key(); }
};

/// Bits of a B-RASP program: equal attentions are one.
class Looks {
  public:
    explicit Looks(Bits& bits) : bits_(bits) {}

    /// Terms that are never, and attentions to nothing, are false.
    Literal add(LookBack look);
    const LookBack& at(std::uint32_t detail) const { return looks_[detail]; }

  private:
    Bits& bits_;
    std::vector<LookBack> looks_;
    std::map<LookBack, Literal> known_;
    std::map<LookBack, std::uint32_t> groups_;  // without values: they find the same position
};

/// The program whose output is this bit. What is used once stands where it is used, unless it is an attention.
brasp::Program written_out(const Bits& bits, const Looks& looks, const std::vector<std::string>& alphabet,
                           Literal output);

}  // namespace attest::programs::extract
