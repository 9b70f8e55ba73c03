#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/line_log.hpp"
#include "attest/ledger/outcome.hpp"

namespace attest::ledger {

/// Outcomes as they come, one JSON object a line, so that what is done survives a kill.
class Journal {
  public:
    /// `program`: digest of the program that works; outcomes of another are not taken up again.
    /// Throws  InputError if the directory cannot be used
    Journal(const std::string& directory, std::string program);

    /// Decided outcomes that an unfinished run left, by the digest of the claim.
    const std::map<std::string, Outcome>& earlier() const { return earlier_; }
    /// Throws  InputError if the line does not reach the disk
    void add(const Claim& claim, const Outcome& outcome);
    /// All outcomes are there: `results.jsonl` replaces the unfinished file.
    void finish(const std::vector<Claim>& claims, const std::vector<Outcome>& outcomes);

  private:
    std::string line(const Claim& claim, const Outcome& outcome) const;

    std::string directory_, program_;
    std::map<std::string, Outcome> earlier_;
    std::optional<base::LineLog> log_;
};

}  // namespace attest::ledger
