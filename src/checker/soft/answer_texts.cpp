#include "checker/soft/answer_texts.hpp"

#include "checker/kernel/defect.hpp"

// What a soft model seems to answer is only a guess: that these classes lead, and by how much, is asked of its margins then.

namespace attest::checker {

AnswerTexts::AnswerTexts(Question& question, std::size_t length, long bits, const std::optional<Rational>& margin,
                         Budget& budget)
    : question_(question), length_(length), budget_(budget) {
    if (!question.model) return;
    const std::vector<std::string>& names = question.model->readout.classes;
    for (std::size_t c = 0; c < names.size(); ++c) classes_[names[c]] = c;
    margins_.emplace(*question.model, question.alphabet, length, bits, is_soft() ? margin : std::nullopt, budget);
}

bool AnswerTexts::is_each() const {
    return question_.program ? question_.program->every : question_.model->readout.where == Readout::Where::each;
}

void AnswerTexts::expect_all_words() {
    if (margins_) margins_->expect_all_words();
}

void AnswerTexts::fail(const Word& word) const {
    throw Defect("word " + spell(word, question_.alphabet), "the two networks do not answer the same");
}

std::vector<std::string> AnswerTexts::operator()(const Word& word) {
    if (!margins_) return answers(*question_.program, word, budget_);
    const ClassMargins::Classes classes = margins_->leading(word, is_each() ? length_ : 1);
    if (is_soft() && !margins_->is_right(word, classes)) fail(word);
    std::vector<std::string> texts;
    for (const std::size_t c : classes) texts.push_back(question_.model->readout.classes[c]);
    return texts;
}

void AnswerTexts::require(const Word& word, const std::vector<std::string>& texts) {
    if (!is_soft()) {
        if ((*this)(word) != texts) fail(word);
        return;
    }
    ClassMargins::Classes wanted;
    for (const std::string& text : texts) {
        const auto found = classes_.find(text);
        if (found == classes_.end()) fail(word);
        wanted.push_back(found->second);
    }
    if (!margins_->is_right(word, wanted)) fail(word);
}

std::string AnswerTexts::answer(const Word& word, std::size_t k) {
    if (!margins_) return answers(*question_.program, word, budget_)[k];
    return question_.model->readout.classes[margins_->answer(word, k)];
}

}  // namespace attest::checker
