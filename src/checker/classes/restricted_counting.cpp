#include "checker/classes/free_symbols.hpp"
#include "checker/classes/two_layers.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by counting after a restriction. Theorem (FORMAT.md section 9.14): two layers of H heads do not
// compute a language that every change of one symbol leads into or out of, if more symbols stay free in the mean than are
// fixed to mend the positions that need more than w, and then to settle the heads of the reader. The theorem is ours.

namespace attest::checker {

void check_restricted_counting(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const NetworkClass& c = *manifest.claim.network_class;
    const std::size_t free = symbols_to_count(manifest, question, budget);
    const Rational& p = manifest.evidence.restricted.probability;
    if (p <= 0 || p >= 1)
        throw Defect("manifest.json: evidence.probability", "a probability between 0 and 1 was expected");
    const std::size_t width = manifest.evidence.restricted.stages.front().width;
    const Rational h = c.heads;
    if (p * free <= h * width)  // before chances that take long for many heads
        throw Defect("manifest.json: claim.length", "so many symbols may be fixed before the reader is settled");
    const FreeSymbols asked = free_symbols(width, c.heads, p, budget);
    const Rational of_free = p * (1 + h) * asked.at_least, of_fixed = (1 - p) * h * asked.more;
    const Rational fixed = free * (of_free + of_fixed) + h * h * asked.more;
    if (p * free - fixed <= h * width)
        throw Defect("manifest.json: claim.length", "so many symbols may be fixed before the reader is settled");
}

}  // namespace attest::checker
