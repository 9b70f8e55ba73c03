#include "results.hpp"

#include <nlohmann/json.hpp>

namespace attest::ledger {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string result_line(const Claim& claim, const Outcome& outcome, const std::string& program) {
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
                 {"program", program}};
    if (outcome.slower > 0) line["slower"] = outcome.slower;
    if (!outcome.certificate.empty()) {
        line["certificate"] = claim.id;
        line["digest"] = outcome.certificate;
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Outcome> read_result_line(const std::string& text, const std::string& program) {
    const Json line = Json::parse(text, nullptr, false);
    if (!line.is_object() || line.value("program", "") != program) return std::nullopt;
    const std::string name = line.value("outcome", "");
    for (const Comparison c : {Comparison::same, Comparison::sharper, Comparison::weaker, Comparison::differs})
        if (name == to_string(c))
            return Outcome{line.value("id", ""),
                           line.value("claim", ""),
                           c,
                           line.value("found", ""),
                           line.value("why", ""),
                           line.value("seconds", 0.0),
                           line.value("memory_kib", std::size_t{0}),
                           line.value("slower", 0.0),
                           line.value("digest", "")};
    return std::nullopt;
}

}  // namespace attest::ledger
