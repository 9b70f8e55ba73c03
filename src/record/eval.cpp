#include "record/eval.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

Value value_of(const exact::Rational& x) { return {{{exact::to_string(x), true}}}; }
Value value_of(const exact::Ball& x) { return {{{x.lower_text(), true}, {x.upper_text(), true}}}; }

template <typename Vector>
std::vector<std::vector<Value>> logits_of(const std::vector<Vector>& logits) {
    std::vector<std::vector<Value>> lists;
    for (const Vector& numbers : logits) {
        lists.emplace_back();
        for (const auto& x : numbers) lists.back().push_back(value_of(x));
    }
    return lists;
}

}  // namespace

void add_score(Eval::Word& word, const network::Evaluation& evaluation) { word.score = value_of(evaluation.score); }

void add_score(Eval::Word& word, const soft::Judgement& judged) {
    word.score = value_of(judged.score);
    word.bits = judged.bits;
}

void add_classes(Eval::Word& word, const network::Transformer& t, const network::Answers& answers) {
    word.classes.emplace();
    for (const std::size_t c : answers.classes) word.classes->emplace_back(t.readout.classes->names[c]);
    word.logits = logits_of(answers.logits);
}

void add_classes(Eval::Word& word, const network::Transformer& t, const soft::Classification& found) {
    word.classes.emplace();
    for (const auto& c : found.classes)
        word.classes->push_back(c ? std::optional(t.readout.classes->names[*c]) : std::nullopt);
    word.logits = logits_of(found.logits);
    word.bits = found.bits;
}

template nlohmann::ordered_json write(const Eval&);
template std::optional<Eval> read(const base::Json&);

}  // namespace attest::record
