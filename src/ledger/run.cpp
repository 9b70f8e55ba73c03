#include "ledger/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/digest.hpp"
#include "base/journal.hpp"
#include "base/json_text.hpp"
#include "base/parallel.hpp"
#include "base/records.hpp"
#include "ledger/needs.hpp"
#include "results.hpp"

namespace attest::ledger {

namespace {

/// A command that was told to stop gets so long to say what it has.
constexpr double grace = 10;

constexpr const char* unfinished = "/unfinished.jsonl";
constexpr const char* finished = "/results.jsonl";
constexpr const char* made = ".made";  ///< behind a claim's id: the folder of the file that is made for it

const std::string& usable(const std::string& directory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) throw base::InputError(directory, "cannot be made: " + error.message());
    return directory;
}

std::string manifest_digest(const std::string& directory) {
    if (!std::filesystem::exists(directory + "/manifest.json")) return {};
    const auto manifest = base::document_or_none(base::read_file(directory + "/manifest.json"));
    return manifest.is_object() ? manifest.value("digest", "") : "";
}

class Runner {
  public:
    Runner(const std::vector<Claim>& claims, const RunSettings& settings)
        : claims_(claims),
          settings_(settings),
          program_(base::sha256(base::read_file(settings.program))),
          outcomes_(claims.size()) {
        usable(settings.directory);
        if (settings.journal.empty()) journal_ = std::make_unique<base::Journal>(settings.directory + unfinished);
        else records_ = base::Records(settings.journal, head(), base::Seal());
    }

    RunResult run() {
        take_up_earlier();
        base::in_parallel(settings_.jobs, claims_.size(), [&](std::size_t k) {
            if (!stopped() && !outcomes_[k] && is_own(k)) prove(k);
        });
        return result();
    }

  private:
    bool stopped() const { return settings_.interrupted != nullptr && settings_.interrupted->load(); }

    /// What this process proves: its share; of who joins, what somebody else says that it came to.
    bool is_own(std::size_t k) const {
        const auto& foreign = records_.foreign();
        return settings_.share.has(k) ||
               (settings_.share.part == 0 && std::binary_search(foreign.begin(), foreign.end(), k));
    }

    base::Journal::Head head() const {
        std::string claims;
        for (const Claim& claim : claims_) claims += digest(claim) + "\n";
        const nlohmann::json question{{"format", "attest/claims"},
                                      {"version", 1},
                                      {"program", program_},
                                      {"timeout", settings_.timeout.value_or(0)},
                                      {"claims", base::sha256(claims)}};
        return {base::json_text(question), "outcomes of the same claims by the same program"};
    }

    void take_up_earlier() {
        std::map<std::string, Outcome> earlier;  // by the digest of the claim
        for (const std::string& line : journal_ ? journal_->earlier() : records_.earlier())
            if (const auto outcome = read_result_line(line, program_)) earlier[outcome->claim_digest] = *outcome;
        for (std::size_t k = 0; k < claims_.size(); ++k)
            if (const auto at = earlier.find(digest(claims_[k])); at != earlier.end()) {
                outcomes_[k] = at->second;
                ++resumed_;
            }
        done_ = resumed_;
        // What no run can prove has no record.
        for (std::size_t k = 0; settings_.share.part == 0 && k < claims_.size(); ++k)
            if (const std::string why = lacks(claims_[k], settings_.data); !outcomes_[k] && !why.empty())
                outcomes_[k] = skipped(claims_[k], why);
    }

    static Outcome skipped(const Claim& claim, const std::string& why) {
        Outcome outcome;
        outcome.id = claim.id;
        outcome.claim_digest = digest(claim);
        outcome.comparison = Comparison::skipped;
        outcome.why = why;
        return outcome;
    }

    void prove(std::size_t k) {
        const Claim& claim = claims_[k];
        if (const std::string why = lacks(claim, settings_.data); !why.empty()) return note(k, skipped(claim, why));
        const std::string directory = settings_.directory + "/" + claim.id;
        const std::string folder = directory + made;
        if (claim.made) {
            const base::ProcessResult making = run(making_in(claim, settings_.data, usable(folder)));
            if (stopped()) return;
            if (making.status != 0) return note(k, judge(claim, making, ""));
        }
        std::vector<std::string> words = command_in(claim, settings_.data, folder);
        if (claim.certificate) words.insert(words.end(), {"--certificate", directory});
        const base::ProcessResult ran = run(words);
        if (stopped()) return;
        note(k, judge(claim, ran, claim.certificate ? manifest_digest(directory) : ""));
    }

    /// Runs a command with the limits of each.
    base::ProcessResult run(const std::vector<std::string>& command) const {
        std::vector<std::string> words{settings_.program};
        words.insert(words.end(), command.begin(), command.end());
        words.insert(words.end(), {"--json", "--quiet"});
        base::ProcessSettings limits{.interrupted = settings_.interrupted};
        if (settings_.timeout) {
            words.insert(words.end(), {"--timeout", fmt::format("{}", *settings_.timeout)});
            limits.wall_seconds = *settings_.timeout + grace;
        }
        return base::run_process(words, limits);
    }

    void note(std::size_t k, const Outcome& outcome) {
        const std::lock_guard lock(mutex_);
        outcomes_[k] = outcome;
        const std::string line = result_line(claims_[k], outcome, program_);
        // What is undecided may be decided by the next who is asked.
        if (journal_) journal_->append(line);
        else if (read_result_line(line, program_)) records_.add(k, line);
        ++done_;
        if (settings_.progress) settings_.progress(outcome, done_, claims_.size());
    }

    RunResult result() {
        RunResult result;
        for (const auto& outcome : outcomes_)
            if (outcome) result.outcomes.push_back(*outcome);
        result.resumed = resumed_;
        result.interrupted = result.outcomes.size() < claims_.size();
        if (!result.interrupted) finish(result.outcomes);
        return result;
    }

    /// All outcomes are there: the finished file replaces the journal.
    void finish(const std::vector<Outcome>& outcomes) {
        std::string text;
        for (std::size_t k = 0; k < claims_.size(); ++k) text += result_line(claims_[k], outcomes[k], program_) + "\n";
        base::write_file(settings_.directory + finished, text);
        std::filesystem::remove(settings_.directory + unfinished);
    }

    const std::vector<Claim>& claims_;
    const RunSettings& settings_;
    const std::string program_;               ///< its digest: outcomes of another are not taken up again
    std::unique_ptr<base::Journal> journal_;  ///< of one run, or else records
    base::Records records_;
    std::vector<std::optional<Outcome>> outcomes_;
    std::size_t resumed_ = 0, done_ = 0;
    std::mutex mutex_;
};

}  // namespace

RunResult run(const std::vector<Claim>& claims, const RunSettings& settings) { return Runner(claims, settings).run(); }

}  // namespace attest::ledger
