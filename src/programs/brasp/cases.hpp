#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "program.hpp"

namespace attest::programs::brasp {

/// In how many ways a position asks an attention: by what S and V say of it. Of symbols at most one is true.
///
/// Source  FORMAT.md, section 36.2
class Cases {
  public:
    /// Throws  Unsupported beyond 4,096
    Cases(const Program& program, const Definition& attention);

    std::size_t count() const { return (symbols_.size() + 1) << others_.size(); }
    /// What a definition that S or V names at i is in a case.
    bool value(std::size_t number, std::uint32_t definition) const;

    const std::vector<std::uint32_t>& others() const { return others_; }    ///< definitions but symbols and bos
    const std::vector<std::uint32_t>& symbols() const { return symbols_; }  ///< numbers in the alphabet, each once
    /// The symbol that a case has; nothing: none of them.
    std::size_t symbol(std::size_t number) const { return number >> others_.size(); }

  private:
    const Program& program_;
    std::vector<std::uint32_t> others_, symbols_;
};

}  // namespace attest::programs::brasp
