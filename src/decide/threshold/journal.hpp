#pragma once

#include <map>
#include <optional>
#include <string>

#include "attest/base/line_log.hpp"
#include "attest/decide/threshold/cubes.hpp"

namespace attest::threshold {

/// Refuted cubes on disk, a line each: what was written whole is there after a kill.
class Journal {
  public:
    /// `path`: empty for none. `question`: what the cubes are of.
    /// Throws  InputError if the file is no journal of this question, or cannot be written
    Journal(const std::string& path, const std::string& question);

    /// By the number of the cube.
    const std::map<std::size_t, CubeProof>& refuted() const { return refuted_; }
    void add(std::size_t number, CubeProof proof);

  private:
    void take_up(const std::string& path, const std::string& question);

    std::optional<base::LineLog> log_;
    std::map<std::size_t, CubeProof> refuted_;
};

}  // namespace attest::threshold
