#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/network/program.hpp"
#include "base/text.hpp"

// The program by its definition, value for value: slow, and the referee of everything that is faster.

namespace attest::network {

namespace {

using Value = Program::Value;

class ProgramRun {
  public:
    ProgramRun(const Program& program, const language::Word& word)
        : p_(program), sequence_(program.sequence(word)), n_(sequence_.size()) {}

    void run() {
        for (const Program::Variable& variable : p_.variables) {
            std::vector<Value> values;
            for (std::size_t i = 0; i < n_; ++i)
                values.push_back(std::visit([&](const auto& step) { return at(step, i); }, variable.step));
            values_.push_back(std::move(values));
        }
    }

    exact::Vector scores(std::size_t i) const {
        exact::Vector sum(p_.output.classes.size());
        for (const Program::Score& score : p_.output.scores) {
            const Value& value = values_[score.of][i];
            const exact::Vector& row = score.times ? *score.times : weights(score, value, i);
            const exact::Rational factor = score.times ? number(score.of, i) : exact::Rational(1);
            for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += factor * row[c];
        }
        return sum;
    }

    std::string answer(std::size_t i, ProgramTrace* trace) const {
        if (p_.output.classes.empty()) return text_of(values_[p_.output.value][i]);
        const exact::Vector sum = scores(i);
        if (trace != nullptr) trace->scores.push_back(sum);
        return p_.output.classes[static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin())];
    }

    std::vector<std::vector<Value>>& values() { return values_; }

  private:
    /// No value: of the variable that is computed now, or of the output.
    [[noreturn]] void fail(std::size_t i, const std::string& expected, const std::string& found) const {
        const std::size_t v = values_.size();
        const std::string place =
            v < p_.variables.size() ? "variables \"" + base::printable(p_.variables[v].name) + "\"" : "output";
        throw base::InputError(fmt::format("{}:{}", base::printable(p_.name), place), expected,
                               fmt::format("{} at position {}", found, i + 1));
    }

    exact::Rational number(std::size_t variable, std::size_t i) const {
        const auto* found = std::get_if<exact::Rational>(&values_[variable][i]);
        if (found == nullptr)
            fail(i, "a number", fmt::format("\"{}\"", base::printable(text_of(values_[variable][i]))));
        return *found;
    }

    const exact::Vector& weights(const Program::Score& score, const Value& value, std::size_t i) const {
        const auto found = score.weights.find(text_of(value));
        if (found == score.weights.end())
            fail(i, fmt::format("weights for each value of \"{}\"", base::printable(p_.variables[score.of].name)),
                 fmt::format("none for \"{}\"", base::printable(text_of(value))));
        return found->second;
    }

    Value at(const Program::Symbol&, std::size_t i) const { return sequence_[i]; }
    Value at(const Program::Position& step, std::size_t i) const {
        return exact::Rational(step.first + static_cast<std::int64_t>(i));
    }
    Value at(const Program::Constant& step, std::size_t) const { return step.value; }

    Value at(const Program::Map& step, std::size_t i) const {
        std::vector<Value> key;
        for (const std::size_t v : step.of) key.push_back(values_[v][i]);
        const auto found = step.table.find(key);
        if (found != step.table.end()) return found->second;
        if (step.otherwise) return *step.otherwise;
        std::string text;
        for (const Value& value : key) text += (text.empty() ? "" : ", ") + base::printable(text_of(value));
        fail(i, "an entry for each tuple, or otherwise", fmt::format("none for ({})", text));
    }

    Value at(const Program::Attend& step, std::size_t i) const {
        std::vector<std::size_t> selected;
        for (std::size_t j = 0; j < n_; ++j)
            if (allows(step.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j)) &&
                step.pairs.contains({values_[step.query][i], values_[step.key][j]}))
                selected.push_back(j);
        if (selected.empty()) return step.none ? *step.none : values_[step.value][0];
        switch (step.take) {
            case Program::Take::nearest: return values_[step.value][nearest(selected, i)];
            case Program::Take::left: return values_[step.value][selected.front()];
            case Program::Take::right: return values_[step.value][selected.back()];
            case Program::Take::only:
                if (selected.size() > 1) fail(i, "one position at most", fmt::format("{} positions", selected.size()));
                return values_[step.value][selected.front()];
            case Program::Take::count: return exact::Rational(static_cast<unsigned long>(selected.size()));
            case Program::Take::sum:
            case Program::Take::mean: break;
        }
        exact::Rational sum;
        for (const std::size_t j : selected) sum += number(step.value, j);
        if (step.take == Program::Take::mean) sum /= static_cast<unsigned long>(selected.size());
        return sum;
    }

    /// Of least distance, of several the leftmost; the own position is as far as positions are selected.
    static std::size_t nearest(const std::vector<std::size_t>& selected, std::size_t i) {
        const auto distance = [&](std::size_t j) { return j == i ? selected.size() : j < i ? i - j : j - i; };
        return *std::min_element(selected.begin(), selected.end(),
                                 [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
    }

    const Program& p_;
    std::vector<std::string> sequence_;
    std::size_t n_;
    std::vector<std::vector<Value>> values_;
};

}  // namespace

std::vector<std::string> answers(const Program& program, const language::Word& word, ProgramTrace* trace) {
    const std::vector<std::size_t> read = program.read_positions(static_cast<std::int64_t>(word.size()));
    ProgramRun run(program, word);
    run.run();
    std::vector<std::string> found;
    for (const std::size_t i : read) found.push_back(run.answer(i, trace));
    if (trace != nullptr) trace->values = std::move(run.values());
    return found;
}

}  // namespace attest::network
