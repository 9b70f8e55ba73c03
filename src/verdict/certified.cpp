#include "attest/verdict/certified.hpp"

#include <utility>

namespace attest::verdict {

Verdict Verdict::undecided(Lengths lengths, Undecided why, Spent spent) {
    Verdict verdict(Answer::undecided, lengths);
    if (why.reason == Reason::unchecked) verdict.evidence_ = Evidence::unchecked;
    verdict.why_ = std::move(why);
    verdict.spent = spent;
    return verdict;
}

}  // namespace attest::verdict
