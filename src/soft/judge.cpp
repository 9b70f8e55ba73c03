// Precision is doubled until the sign is certain.
//
// A score other than 0 is certain at some precision, as radii go to 0 with it; a score of 0 never is, unless the ball
// is the exact number 0: then, or where the limit of precision comes first, nothing is said. So the judge may be
// silent, but is not wrong.

#include "attest/soft/judge.hpp"

#include <algorithm>

namespace attest::soft {

const Evaluator& Judge::evaluator(long bits) {
    const auto found = evaluators_.find(bits);
    return found != evaluators_.end() ? found->second
                                      : evaluators_.emplace(bits, Evaluator(transformer_, length_, bits)).first->second;
}

namespace {

/// Where two classes are level no precision tells which is named.
std::optional<bool> answer(const network::Transformer& transformer, const exact::Ball& score) {
    const exact::Sign sign = score.sign();
    if (sign == exact::Sign::unknown) return std::nullopt;
    if (sign == exact::Sign::zero && transformer.readout.classes) return std::nullopt;
    return sign == exact::Sign::positive;
}

}  // namespace

Judgement Judge::judge(const language::Word& word, const base::Limits& limits) {
    Judgement judgement;
    for (long bits = precision_.first; bits <= precision_.greatest; bits *= 2) {
        judgement.limit = limits.exceeded();
        if (judgement.limit) return judgement;
        judgement.score = evaluator(bits).score(word);
        judgement.bits = bits;
        judgement.accepts = answer(transformer_, judgement.score);
        if (judgement.accepts) return judgement;
    }
    return judgement;
}

bool Classification::is_certain() const {
    const auto certain = [](const auto& c) { return c.has_value(); };
    return bits > 0 && std::all_of(classes.begin(), classes.end(), certain);
}

Classification Judge::classify(const language::Word& word, const base::Limits& limits) {
    Classification result;
    for (long bits = precision_.first; bits <= precision_.greatest && !result.is_certain(); bits *= 2) {
        result.limit = limits.exceeded();
        if (result.limit) return result;
        result.logits = evaluator(bits).answer(word);
        result.bits = bits;
        result.classes.clear();
        for (const exact::BallVector& logits : result.logits) result.classes.push_back(certain_class(logits));
    }
    return result;
}

}  // namespace attest::soft
