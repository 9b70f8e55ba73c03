#include "attest/soft/judge.hpp"

namespace attest::soft {

const Evaluator& Judge::evaluator(long bits) {
    const auto found = evaluators_.find(bits);
    return found != evaluators_.end() ? found->second
                                      : evaluators_.emplace(bits, Evaluator(transformer_, length_, bits)).first->second;
}

Judgement Judge::judge(const language::Word& word, const base::Limits& limits) {
    Judgement judgement;
    for (long bits = precision_.first; bits <= precision_.greatest; bits *= 2) {
        judgement.limit = limits.exceeded();
        if (judgement.limit) return judgement;
        judgement.score = evaluator(bits).score(word);
        judgement.bits = bits;
        const exact::Sign sign = judgement.score.sign();
        if (sign == exact::Sign::unknown) continue;
        judgement.accepts = sign == exact::Sign::positive;
        return judgement;
    }
    return judgement;
}

}  // namespace attest::soft
