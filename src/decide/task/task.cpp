#include "attest/decide/task/task.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "circuit.hpp"
#include "network/program/at_length.hpp"
#include "prefixes.hpp"
#include "walk.hpp"

namespace attest::task {

namespace {

/// Looked at before prefixes are, which then take less time.
constexpr std::uint64_t few_words = 4096;

class AllWords {
  public:
    AllWords(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits), program_(question.program, question.length) {}

    Outcome go() {
        q_.task.require_length(q_.length);
        Walk(options_, limits_, outcome_)
            .go(q_.program.alphabet, q_.length, [&](const language::Word& word, std::uint64_t) {
                look(word);
                return options_.count || outcome_.wrong == 0;
            });
        return std::move(outcome_);
    }

  private:
    void look(const language::Word& word) {
        if (!program_.run(word)) {
            (void)network::answers(q_.program, word);  // says which variable has no value
            throw base::InternalError("a program has no value on a word, and has one by its definition");
        }
        ++outcome_.words;
        std::vector<std::string> expected = q_.task.expected(word);
        const auto same = [&](const std::string& text, std::uint32_t found) { return text == program_.texts()[found]; };
        if (std::equal(expected.begin(), expected.end(), program_.found().begin(), program_.found().end(), same))
            return;
        ++outcome_.wrong;
        if (outcome_.first.size() < std::max<std::size_t>(options_.shown, 1)) replay(word, std::move(expected));
    }

    void replay(const language::Word& word, std::vector<std::string> expected) {
        std::vector<std::string> actual = network::answers(q_.program, word);
        if (actual == expected) throw base::InternalError("a mistake of a program is none by its definition");
        outcome_.first.push_back({word, std::move(expected), std::move(actual)});
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    network::ProgramAtLength program_;
    Outcome outcome_;
};

}  // namespace

std::size_t Mistake::position() const {
    const auto [wanted, found] = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    return static_cast<std::size_t>(wanted - expected.begin()) + 1;
}

verdict::Evidence Outcome::evidence(bool counted) const {
    if (why.reason != verdict::Reason::none) return verdict::Evidence::none;
    if (wrong > 0 && !counted) return verdict::Evidence::witness;
    if (by == Method::circuit) return verdict::Evidence::refutation;
    return bits > 0 ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
}

Outcome hold(const Question& question, const Options& options, const base::Limits& limits) {
    if (!question.program.output.every)
        throw base::Unsupported(
            fmt::format("{}: a task is of programs that answer at each position of the word "
                        "(output.positions \"word\")",
                        base::printable(question.program.name)));
    switch (options.method) {
        case Method::words: return AllWords(question, options, limits).go();
        case Method::circuit: return hold_by_circuit(question, options, limits);
        case Method::prefixes:
            if (auto found = hold_by_prefixes(question, options, limits)) return std::move(*found);
            throw base::Unsupported(
                fmt::format("{}: by prefixes only programs and tasks that look back are gone through",
                            base::printable(question.program.name)));
        case Method::automatic: break;
    }
    const auto are_at_most = [&](std::uint64_t most) {
        return language::count_words(question.program.alphabet, static_cast<std::uint64_t>(question.length), most)
            .has_value();
    };
    if (are_at_most(std::min(few_words, options.most_words))) return AllWords(question, options, limits).go();
    const bool can_be_listed = are_at_most(options.most_words);
    if (auto found = hold_by_prefixes(question, options, limits))
        if (found->why.reason != verdict::Reason::unsupported || !can_be_listed) return std::move(*found);
    return can_be_listed ? AllWords(question, options, limits).go() : hold_by_circuit(question, options, limits);
}

}  // namespace attest::task
