#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/base/json.hpp"
#include "attest/formats/import.hpp"
#include "checkpoint.hpp"

namespace attest::formats::import {

/// A value with where it comes from.
struct Setting {
    std::string value;
    std::string because;
};

/// A value that a family needs, and nobody has told.
class Untold : public base::UsageError {
  public:
    Untold(const std::string& message, std::string its_key, std::string its_meaning,
           std::vector<std::string> some_values)
        : UsageError(message),
          key(std::move(its_key)),
          meaning(std::move(its_meaning)),
          values(std::move(some_values)) {}

    std::string key, meaning;
    /// With each of these one can read on, but for what depends on it; may be empty.
    std::vector<std::string> values;
};

/// What a state dict does not say: from --set, then a config, then the checkpoint itself, then the family's default.
/// Each value that is asked for is an assumption of the import, with its reason.
class Settings {
  public:
    using Names = std::vector<std::string>;  ///< of one thing; the first is what --set calls it

    /// Throws  UsageError for a --set without `=`
    explicit Settings(const std::vector<std::string>& pairs);
    /// All scalars of a JSON document; `because` names it.
    void add_config(const base::JsonNode& document, const std::string& because);
    void add_checkpoint(const Checkpoint& checkpoint);

    /// What is said, if anything; it is then assumed.
    std::optional<Setting> find(const Names& names);
    std::string text(const Names& names, const std::string& otherwise, const std::string& because);
    /// Throws  Untold where nothing is said; `what` completes `expected --set heads=…, `, `possible` is a value that it may
    ///         have
    std::string require(const Names& names, const std::string& what, const std::string& possible);
    bool flag(const Names& names, bool otherwise, const std::string& because);
    /// A whole number from 1.
    std::uint64_t require_count(const Names& names, const std::string& what);
    /// Refuses what the family cannot express: anything but one of `allowed` (false, none and what is not said always
    /// are).
    void refuse(const Names& names, const std::string& what, const std::vector<std::string>& allowed = {});

    void assume(const std::string& key, const std::string& value, const std::string& because);
    const std::vector<Assumption>& assumed() const { return assumed_; }
    /// Throws  UsageError for a key of --set that nothing asked for, with the nearest that was
    void require_all_used() const;

  private:
    using Values = std::vector<std::pair<std::string, Setting>>;

    Values set_, config_, checkpoint_;
    std::set<std::string> used_, asked_;
    std::vector<Assumption> assumed_;
};

/// What is told of a checkpoint: --set, a config, the checkpoint itself.
Settings read_settings(const Checkpoint& checkpoint, const Options& options);

}  // namespace attest::formats::import
