#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "attest/exact/rational.hpp"

namespace attest::compile {

/// Gives equal vectors equal numbers, so that they are compared once.
class Interner {
  public:
    using Id = std::uint32_t;

    Id id(const exact::Vector& vector);
    const exact::Vector& vector(Id id) const { return *vectors_[id]; }

  private:
    struct Less {
        bool operator()(const exact::Vector& a, const exact::Vector& b) const;
    };
    std::map<exact::Vector, Id, Less> ids_;
    std::vector<const exact::Vector*> vectors_;
};

}  // namespace attest::compile
