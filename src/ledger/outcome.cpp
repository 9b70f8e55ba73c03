#include "ledger/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/exact/rational.hpp"
#include "base/text.hpp"
#include "record/pointer.hpp"

namespace attest::ledger {

namespace {

/// Seconds below which noise is all there is, and the ratio that is worth a word.
constexpr double least_seconds = 1;
constexpr double worth_a_word = 2;

/// A rational `p/q` or a decimal, if the text is one.
std::optional<exact::Rational> number(const std::string& text) {
    try {
        return exact::parse_number(text, "value");
    } catch (const base::InputError&) {
        return std::nullopt;
    }
}

}  // namespace

const char* to_string(Comparison comparison) {
    switch (comparison) {
        case Comparison::same: return "same";
        case Comparison::sharper: return "sharper";
        case Comparison::weaker: return "weaker";
        case Comparison::differs: return "differs";
        case Comparison::undecided: return "undecided";
        case Comparison::skipped: return "skipped";
    }
    return "";
}

Comparison compare(const Claim& claim, const std::string& found) {
    if (found == claim.value) return Comparison::same;
    const auto is = number(claim.value), now = number(found);
    if (!is || !now) return Comparison::differs;
    const exact::Rational room = abs(*is) * exact::parse_decimal(claim.tolerance, "tolerance");
    if (abs(*now - *is) <= room) return Comparison::same;
    if (claim.guarantee == Guarantee::exact) return Comparison::differs;
    return (*now > *is) == (claim.guarantee == Guarantee::lower) ? Comparison::sharper : Comparison::weaker;
}

Outcome judge(const Claim& claim, const base::ProcessResult& ran, const std::string& certificate) {
    Outcome outcome;
    outcome.id = claim.id;
    outcome.claim_digest = digest(claim);
    outcome.seconds = ran.processor_seconds;
    outcome.memory_kib = ran.peak_kib;
    outcome.certificate = certificate;
    if (!ran.finished || (ran.status == 3 && claim.status != 3)) {
        outcome.why = ran.late || !ran.finished ? "stopped at a limit" : "the command did not decide within its limits";
        return outcome;
    }
    outcome.comparison = Comparison::differs;
    if (ran.status != claim.status) {
        outcome.why =
            fmt::format("exit status {} in place of {}{}", ran.status, claim.status,
                        ran.err.empty() ? "" : ": " + base::printable(ran.err.substr(0, ran.err.find('\n')), 160));
        return outcome;
    }
    if (claim.certificate && certificate.empty()) {
        outcome.why = "no certificate was left";
        return outcome;
    }
    try {
        outcome.found = record::value_at(ran.out, claim.key);
    } catch (const base::InputError& error) {
        outcome.why = error.what();
        return outcome;
    }
    outcome.comparison = compare(claim, outcome.found);
    if (outcome.comparison != Comparison::same)
        outcome.why = fmt::format("{} in place of {}", base::printable(outcome.found), base::printable(claim.value));
    if (claim.last && outcome.seconds > least_seconds && outcome.seconds > worth_a_word * claim.last->seconds)
        outcome.slower = outcome.seconds / std::max(claim.last->seconds, 0.01);
    return outcome;
}

}  // namespace attest::ledger
