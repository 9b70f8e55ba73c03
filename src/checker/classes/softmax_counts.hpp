#pragma once

#include "checker/classes/threshold.hpp"
#include "checker/core/files.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// Obligation `network`: witness.json, a softmax layer that does not see positions, computes the language, and no difference
/// of logits is nearer to 0 than the margin (FORMAT.md section 11.3). Throws Defect.
///
/// Exact   yes, in integers
/// Cost    for each of the C(N + |Σ| − 1, N) numbers of times that symbols occur a sum of fractions, one for each head
void check_softmax_by_counts(const Manifest& manifest, const ThresholdQuestion& question, const Files& files,
                             Budget& budget);

/// Obligation `bound`: words with the counts of points.json, which lie on a line, are by turns in the language and not,
/// once more than the heads of the class can follow (FORMAT.md section 11.4). Throws Defect.
///
/// Exact   yes
void check_alternation(const Manifest& manifest, const ThresholdQuestion& question, const Files& files, Budget& budget);

}  // namespace attest::checker
