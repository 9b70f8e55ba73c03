#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/certify/ablation.hpp"

namespace attest::certify {

/// What is known of a network without sets of its parts, and which of these sets the checker has seen broken by a word.
class DecidedSets {
  public:
    using Parts = std::vector<ablate::Part>;
    /// Shows the checker that the rest is wrong on the word; gives nothing where it cannot.
    using Show = std::function<std::optional<verdict::Verdict>(const Parts& removed, const language::Word& word)>;
    /// Words that are shown for sets which are not the smallest, at most.
    static constexpr std::size_t most_shown = 256;

    /// Takes in what was found without these parts.
    ///
    /// Shape   name: of the archive's part, if the verdict is kept
    void note(const Parts& removed, const std::string& name, verdict::Verdict verdict,
              std::optional<exact::Rational> margin);

    /// The verdict on what is left when all parts but these are removed.
    std::optional<KeptParts> look_up(const Parts& all, const Parts& kept) const;

    /// Shows words of broken sets that have not been shown, the greatest sets first, which lack a needed part; counts in
    /// `result.shown` what the checker has seen.
    void show_broken(Ablation& result, const std::function<std::string(const Parts& removed)>& name, const Show& show,
                     const base::Limits& limits);

    void add_part(const std::string& name) { parts_.push_back(name); }
    /// Of the archive's collection, in order.
    const std::vector<std::string>& parts() const { return parts_; }

  private:
    bool is_shown(const Parts& removed) const;

    std::vector<KeptParts> decided_;  ///< `kept` holds what was removed
    std::vector<Parts> shown_;        ///< removed parts of sets that the checker saw broken
    std::vector<std::string> parts_;
};

}  // namespace attest::certify
