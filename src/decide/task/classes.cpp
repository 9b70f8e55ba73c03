// All words in order, each with the class that the task asks for at each position at which the model answers.

#include "attest/decide/task/classes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "class_margins.hpp"
#include "walk.hpp"

namespace attest::task {

namespace {

class WordsWithClasses {
  public:
    WordsWithClasses(const ClassQuestion& question, const Options& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          is_each_(question.model.readout.reading == network::Readout::Reading::each),
          names_(question.model.readout.classes->names),
          margins_(ClassMargins::make(question.model, question.length)) {
        for (std::size_t c = 0; c < names_.size(); ++c) number_.emplace(names_[c], c);
    }

    Outcome go() {
        walk_.go(q_.model.alphabet, q_.length, [&](const language::Word& word, std::uint64_t words) {
            return look(word, words) && (options_.count || outcome_.first.empty());
        });
        if (outcome_.why.reason == verdict::Reason::none && !options_.count && outcome_.wrong > 0 &&
            outcome_.first.empty())
            walk_.stop(verdict::Reason::imprecise, "there are mistakes, but the class is certain on none of them");
        return std::move(outcome_);
    }

  private:
    /// False: nothing more is to be known.
    bool look(const language::Word& word, std::uint64_t words) {
        const std::vector<std::string> expected = texts(word);
        const std::vector<std::size_t> wanted = classes(expected);
        const auto margin = margins_->next(word, wanted, limits_);
        if (!margin) {
            if (!walk_.stopped(words))
                walk_.stop(
                    verdict::Reason::imprecise,
                    fmt::format("the class that is asked for and another are level on \"{}\", as far as can be told",
                                q_.model.alphabet.spell(word)));
            return false;
        }
        ++outcome_.words;
        note(*margin, word);
        if (margin->is_right) return true;
        ++outcome_.wrong;
        if (outcome_.first.size() < std::max<std::size_t>(options_.shown, 1)) replay(word, expected);
        return true;
    }

    /// What the task asks for at the positions at which the model answers.
    std::vector<std::string> texts(const language::Word& word) const {
        std::vector<std::string> all = q_.task.expected(word);
        if (!is_each_) all.erase(all.begin(), all.end() - 1);
        return all;
    }

    std::vector<std::size_t> classes(const std::vector<std::string>& texts) const {
        std::vector<std::size_t> result;
        for (const std::string& text : texts) {
            const auto found = number_.find(text);
            if (found == number_.end())
                throw base::UsageError(
                    fmt::format("--task: expected a model with a class for each answer of {}, found "
                                "none for {}",
                                base::printable(q_.task.name()), base::quoted(text)));
            result.push_back(found->second);
        }
        return result;
    }

    void note(const Margin& margin, const language::Word& word) {
        outcome_.bits = std::max(outcome_.bits, margin.bits);
        outcome_.in_balls += margin.in_balls ? 1 : 0;
        if (!outcome_.margin) outcome_.margin = LeastMargin{margin.least, margin.most, word};
        LeastMargin& least = *outcome_.margin;
        if (margin.least < least.least) least.least = margin.least;
        if (margin.most < least.most) least.most = margin.most, least.word = word;
    }

    void replay(const language::Word& word, const std::vector<std::string>& expected) {
        const auto found = margins_->replay(word, limits_);
        if (!found) return;  // it is a mistake, but which class is answered is not known
        Mistake mistake{word, expected, {}};
        for (const std::size_t c : *found) mistake.actual.push_back(names_[c]);
        if (mistake.actual == mistake.expected)
            throw base::InternalError("a mistake of a model is none by its definition");
        outcome_.first.push_back(std::move(mistake));
    }

    const ClassQuestion& q_;
    const Options& options_;
    const base::Limits& limits_;
    bool is_each_;
    const std::vector<std::string>& names_;
    std::unordered_map<std::string, std::size_t> number_;
    std::unique_ptr<ClassMargins> margins_;
    Outcome outcome_;
    Walk walk_{options_, limits_, outcome_};
};

/// The next decimal of six digits that is not greater than the number; for huge ones a whole number.
std::string decimal_below(const exact::Rational& number) {
    constexpr int digits = 6;
    if (number == 0) return "0";
    exact::Rational scaled = abs(number);
    int places = digits;  // behind the point, such that so many digits are before it once it is moved there
    for (; scaled < 1; ++places) scaled *= 10;
    for (; places > 0 && scaled >= 1; --places) scaled /= 10;
    exact::Rational power = 1;
    for (int k = 0; k < places; ++k) power *= 10;
    const exact::Rational moved = number * power;
    mpz_class whole;
    mpz_fdiv_q(whole.get_mpz_t(), moved.get_num_mpz_t(), moved.get_den_mpz_t());
    std::string text = mpz_class(abs(whole)).get_str();
    const auto behind = static_cast<std::size_t>(places);
    if (text.size() <= behind) text.insert(0, behind + 1 - text.size(), '0');
    if (behind > 0) text.insert(text.size() - behind, ".");
    return (whole < 0 ? "-" : "") + text;
}

}  // namespace

// A little below, and above, so that who computes with other bounds finds the same.

std::string LeastMargin::least_text() const { return decimal_below(least - abs(least) / (1L << 40)); }

std::string LeastMargin::most_text() const {
    const std::string text = decimal_below(-(most + abs(most) / (1L << 40)));
    return text.starts_with("-") ? text.substr(1) : text == "0" ? text : "-" + text;
}

Outcome hold(const ClassQuestion& question, const Options& options, const base::Limits& limits) {
    const network::Transformer& model = question.model;
    if (!model.readout.classes || model.readout.classes->names.size() < 2)
        throw base::Unsupported(
            fmt::format("{}: a task is of programs, and of models that answer with one of several "
                        "classes (readout.classes)",
                        base::printable(model.name)));
    question.task.require_length(question.length);
    if (question.length < 1)
        throw base::UsageError("--length: expected 1 or more for a model that answers with a class, found 0");
    return WordsWithClasses(question, options, limits).go();
}

}  // namespace attest::task
