#include "results.hpp"

#include "attest/base/error.hpp"
#include "record/ledger.hpp"

namespace attest::ledger {

namespace {

std::optional<Comparison> parse_comparison(const std::string& name) {
    for (const Comparison c : {Comparison::same, Comparison::sharper, Comparison::weaker, Comparison::differs})
        if (name == to_string(c)) return c;
    return std::nullopt;
}

/// The record on a line; nothing where it is cut.
std::optional<record::LedgerResult> record_on(const std::string& line) {
    try {
        return record::read<record::LedgerResult>(base::Json::parse(line, "results"));
    } catch (const base::InputError&) {
        return std::nullopt;
    }
}

}  // namespace

std::string result_line(const Claim& claim, const Outcome& outcome, const std::string& program) {
    record::LedgerResult result{.id = claim.id,
                                .statement = claim.statement,
                                .command = claim.command,
                                .outcome = to_string(outcome.comparison),
                                .stored = claim.value,
                                .found = outcome.found,
                                .guarantee = to_string(claim.guarantee),
                                .why = outcome.why,
                                .seconds = outcome.seconds,
                                .memory_kib = outcome.memory_kib,
                                .source = claim.source,
                                .status = to_string(claim.standing),
                                .claim = outcome.claim_digest,
                                .program = program,
                                .slower = {},
                                .certificate = {},
                                .digest = {}};
    if (outcome.slower > 0) result.slower = outcome.slower;
    if (!outcome.certificate.empty()) {
        result.certificate = claim.id;
        result.digest = outcome.certificate;
    }
    return record::to_line(result);
}

std::optional<Outcome> read_result_line(const std::string& line, const std::string& program) {
    const std::optional<record::LedgerResult> result = record_on(line);
    if (!result || result->program != program) return std::nullopt;
    const std::optional<Comparison> comparison = parse_comparison(result->outcome);
    if (!comparison) return std::nullopt;
    return Outcome{result->id,
                   result->claim.value_or(""),
                   *comparison,
                   result->found.value_or(""),
                   result->why.value_or(""),
                   result->seconds.value_or(0),
                   result->memory_kib.value_or(0),
                   result->slower.value_or(0),
                   result->digest.value_or("")};
}

}  // namespace attest::ledger
