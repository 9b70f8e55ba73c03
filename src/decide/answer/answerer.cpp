#include "attest/decide/answer/answerer.hpp"

#include <algorithm>

#include "network/program/at_length.hpp"
#include "network/words/exact_words.hpp"

namespace attest::decide {

namespace {

using network::AttentionKind;
using network::Guhat;
using network::Transformer;

/// How far from 0 the score is at least.
exact::Rational least_size(const exact::Ball& score) {
    switch (score.sign()) {
        case exact::Sign::positive: return score.lower();
        case exact::Sign::negative: return -score.upper();
        default: return 0;
    }
}

Answer ask(const network::Evaluator& evaluator, const language::Word& word, const base::Limits&) {
    const network::Evaluation found = evaluator.evaluate(word);
    return {found.accepts, exact::Rational(abs(found.score)), {}, 0, {}};
}

Answer ask(network::GuhatEvaluator& evaluator, const language::Word& word, const base::Limits&) {
    return {evaluator.accepts(word), {}, {}, 0, {}};
}

Answer ask(ProgramWords& program, const language::Word& word, const base::Limits&) {
    return {program.accepts(word), {}, {}, 0, {}};
}

Answer ask(soft::Judge& judge, const language::Word& word, const base::Limits& limits) {
    const soft::Judgement judged = judge.judge(word, limits);
    return {judged.accepts, least_size(judged.score), judged.score, judged.bits, judged.limit};
}

}  // namespace

ProgramWords::ProgramWords(const network::Program& program, std::int64_t length)
    : program_(&program), at_length_(std::make_unique<network::ProgramAtLength>(program, length)) {
    network::require_decisions(program, length);
}
ProgramWords::ProgramWords(ProgramWords&&) noexcept = default;
ProgramWords::~ProgramWords() = default;

bool ProgramWords::accepts(const language::Word& word) {
    if (at_length_->run(word)) return at_length_->accepting()[at_length_->found().back()];
    return network::accepts(*program_, network::answers(*program_, word));  // says which variable has no value
}

const language::Alphabet& alphabet_of(const Network& network) {
    return std::visit([](const auto* n) -> const language::Alphabet& { return n->alphabet; }, network);
}

bool is_soft(const Network& network) {
    const auto* transformer = std::get_if<const Transformer*>(&network);
    return transformer != nullptr && (*transformer)->kind() == AttentionKind::softmax;
}

Answerer::Evaluating Answerer::evaluating(const Network& network, std::int64_t length) {
    if (const auto* tables = std::get_if<const Guhat*>(&network)) return network::GuhatEvaluator(**tables);
    if (const auto* program = std::get_if<const network::Program*>(&network)) return ProgramWords(**program, length);
    const Transformer& transformer = *std::get<const Transformer*>(network);
    if (is_soft(network)) return soft::Judge(transformer, length);
    return network::Evaluator(transformer, length);
}

Answerer::Answerer(const Network& network, std::int64_t length, Order order)
    : evaluator_(evaluating(network, length)),
      symbols_(alphabet_of(network).size()),
      several_(order == Order::several) {
    if (order == Order::any || !std::holds_alternative<const Transformer*>(network)) return;
    const Transformer& transformer = *std::get<const Transformer*>(network);
    if (!is_soft(network)) {
        if (several_) return;
        if (auto words = network::ExactWords::make(transformer, length))
            exactly_ = std::make_shared<network::ExactWords>(std::move(*words));
        return;
    }
    if (several_ && length > soft::longest_in_part) return;
    (void)std::get<soft::Judge>(evaluator_)
        .evaluator(soft::Precision().first);  // mistakes of the model are told as ever
    if (soft::supports_words(transformer)) together_.emplace(transformer, length);
}

/// The score of a word among those that begin as it does; nothing where doubles do not tell its sign.
std::optional<Answer> Answerer::answer_together(const language::Word& word) {
    const auto cut = word.end() - together_->free_symbols();
    const language::Word prefix(word.begin(), cut);
    if (prefix_ != prefix) {
        scores_ = together_->scores(prefix);
        prefix_ = prefix;
    }
    std::size_t index = 0;
    for (auto symbol = cut; symbol != word.end(); ++symbol) index = index * symbols_ + *symbol;
    return answer_of(scores_[index]);
}

/// Nothing where the score does not tell its sign. The margin leaves room for bounds that are up to three times as wide, as
/// those of another program may be that looks at it again, in doubles as well.
std::optional<Answer> Answerer::answer_of(const exact::Interval& score) {
    if (!score.is_finite() || (!(score.lo > 0) && !(score.hi < 0))) return std::nullopt;
    const double least = score.mignitude(), margin = std::max(least - score.width(), least / 2);
    const long bits = soft::Precision().first;
    return Answer{score.lo > 0, exact::Rational(margin), exact::Ball::between(score.lo, score.hi, bits), bits, {}};
}

Answer Answerer::answer(const language::Word& word, const base::Limits& limits) {
    if (exactly_) {
        const network::Evaluation found = exactly_->evaluate(word);
        return {found.accepts, exact::Rational(abs(found.score)), {}, 0, {}};
    }
    if (together_ && !several_)
        if (auto found = answer_together(word)) return std::move(*found);
    return std::visit([&](auto& evaluator) { return ask(evaluator, word, limits); }, evaluator_);
}

std::vector<Answer> Answerer::answer_each(const std::vector<language::Word>& words, const base::Limits& limits) {
    std::vector<exact::Interval> scores;
    if (together_ && several_) scores = together_->scores_of(words);
    std::vector<Answer> answers;
    for (std::size_t k = 0; k < words.size(); ++k) {
        std::optional<Answer> known;
        if (!scores.empty()) known = answer_of(scores[k]);
        answers.push_back(known ? std::move(*known) : answer(words[k], limits));
        if (answers.back().limit) break;
    }
    return answers;
}

}  // namespace attest::decide
