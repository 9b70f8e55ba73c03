#include "journal.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"

namespace attest::ledger {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* unfinished = "/unfinished.jsonl";
constexpr const char* finished = "/results.jsonl";

/// What the journal keeps of an outcome, back from a line; nothing where the line is cut or of another make.
bool read(const std::string& text, const std::string& program, Outcome& outcome) {
    const Json line = Json::parse(text, nullptr, false);
    if (!line.is_object() || line.value("program", "") != program) return false;
    const std::string name = line.value("outcome", "");
    for (const Comparison c : {Comparison::same, Comparison::sharper, Comparison::weaker, Comparison::differs})
        if (name == to_string(c)) {
            outcome = {line.value("id", ""),
                       line.value("claim", ""),
                       c,
                       line.value("found", ""),
                       line.value("why", ""),
                       line.value("seconds", 0.0),
                       line.value("memory_kib", std::size_t{0}),
                       line.value("slower", 0.0),
                       line.value("digest", "")};
            return true;
        }
    return false;
}

}  // namespace

Journal::Journal(const std::string& directory, std::string program)
    : directory_(directory), program_(std::move(program)) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) throw base::InputError(directory, "cannot be made: " + error.message());
    log_.emplace(directory_ + unfinished);
    for (const std::string& text : log_->earlier()) {
        Outcome outcome;
        if (read(text, program_, outcome)) earlier_[outcome.claim_digest] = outcome;
    }
}

std::string Journal::line(const Claim& claim, const Outcome& outcome) const {
    Json line = {{"id", claim.id},
                 {"statement", claim.statement},
                 {"command", claim.command},
                 {"outcome", to_string(outcome.comparison)},
                 {"stored", claim.value},
                 {"found", outcome.found},
                 {"guarantee", to_string(claim.guarantee)},
                 {"why", outcome.why},
                 {"seconds", outcome.seconds},
                 {"memory_kib", outcome.memory_kib},
                 {"source", claim.source},
                 {"status", to_string(claim.standing)},
                 {"claim", outcome.claim_digest},
                 {"program", program_}};
    if (outcome.slower > 0) line["slower"] = outcome.slower;
    if (!outcome.certificate.empty()) {
        line["certificate"] = claim.id;
        line["digest"] = outcome.certificate;
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void Journal::add(const Claim& claim, const Outcome& outcome) { log_->append(line(claim, outcome)); }

void Journal::finish(const std::vector<Claim>& claims, const std::vector<Outcome>& outcomes) {
    std::string text;
    for (std::size_t k = 0; k < claims.size(); ++k) text += line(claims[k], outcomes[k]) + "\n";
    base::write_file(directory_ + finished, text);
    std::filesystem::remove(directory_ + unfinished);
}

}  // namespace attest::ledger
