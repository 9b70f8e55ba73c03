#include "ledger/citation.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "ledger/table.hpp"
#include "report/bibliography.hpp"

namespace attest::ledger {

namespace {

std::string evidence(const Claim& claim) {
    return claim.last && !claim.last->digest.empty() ? fmt::format("certificate SHA-256 {}", claim.last->digest)
                                                     : "re-proved by the command itself";
}

std::string entry(const Claim& claim) {
    return fmt::format(
        "@misc{{attest-{},\n  author = {{{{The attest authors}}}},\n  title  = {{{{{}}}}},\n  year   = {{2026}},\n  "
        "howpublished = {{\\texttt{{{}}}}},\n"
        "  note   = {{attest {}, ledger claim \\texttt{{{}}}, {}}}\n}}\n",
        claim.id, latex(claim.statement), latex(command_line(claim)), base::version(), claim.id, evidence(claim));
}

std::string sentence(const Claim& claim) {
    const char* relation = claim.guarantee == Guarantee::lower   ? "at least "
                           : claim.guarantee == Guarantee::upper ? "at most "
                                                                 : "";
    return fmt::format(
        "{} (value: {}{}; checked with attest~{} \\cite{{attest}}, claim \\texttt{{{}}} \\cite{{attest-{}}}{}; {}).",
        latex(claim.statement), relation, latex(claim.value), base::version(), claim.id, claim.id,
        claim.source == "attest" ? "" : fmt::format(", after \\cite{{{}}}", claim.source), evidence(claim));
}

}  // namespace

std::string citation(const Claim& claim) {
    std::string text = "% the claim\n" + entry(claim) + "\n";
    if (claim.source != "attest") text += "% its source\n" + report::bibtex(claim.source) + "\n";
    return text + "% attest\n" + report::bibtex("attest") + "\n% a sentence\n" + sentence(claim) + "\n";
}

}  // namespace attest::ledger
