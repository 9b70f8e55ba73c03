#pragma once

#include <optional>
#include <string>

#include "attest/base/file.hpp"
#include "attest/measure/function/measure.hpp"
#include "record/sensitivity.hpp"

namespace attest::cli {

/// What was refuted about sensitivity, kept for checkers outside: a formula and a proof for each claim, and
/// `sensitivity.json`, which says what they mean.
class RefutationFiles {
  public:
    /// Throws  as base::DirectoryInProgress
    explicit RefutationFiles(const std::string& directory);

    void keep(const measure::Refuted& refuted);
    /// subject: which function, for `sensitivity.json`, which this makes whole. Nothing appears before this call.
    void finish(record::Sensitivity subject);
    std::size_t count() const { return list_.size(); }

  private:
    base::DirectoryInProgress directory_;
    std::vector<record::Sensitivity::Refuted> list_;
};

/// Writes all Fourier coefficients that are not 0, a line each: `positions,coefficient`, positions from 1 with spaces between.
///
/// Throws  UsageError if there are too many or none were kept
void write_spectrum(const std::string& path, const measure::Measures& measures);

}  // namespace attest::cli
