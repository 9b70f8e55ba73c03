#include "checker/network/program.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/network/instance.hpp"

// Programs by the definition of the model format, position by position. What costs time in it is looked up: pairs by their
// numbers, tuples value by value, weights as integers over one denominator where these are small.

namespace attest::checker {
namespace {

using ProgramStep = Program::Step;

/// The answer at one position.
class Answering {
  public:
    Answering(Program& program, const std::vector<std::size_t>& values, std::size_t position, Budget& budget)
        : p_(program), values_(values), position_(position), budget_(budget) {}

    const std::string& answer() {
        return p_.classes.empty() ? p_.values.spelled(values_[p_.value]) : p_.classes[best_class()];
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Defect("output", what + " at position " + std::to_string(position_ + 1));
    }

    /// What a value adds to the scores, times the program's denominator.
    const Program::Score::Row& row(Program::Score& score) {
        const std::size_t value = values_[score.of];
        if (value < score.rows.size() && !score.rows[value].exact.empty()) return score.rows[value];
        Program::Score::Row row;
        if (score.times) {
            if (!p_.values.is_number(value)) fail("weights times what is no number");
            row.exact = *score.times;
            for (Rational& x : row.exact) x *= p_.values.rational(value);
        } else {
            const auto weights = score.weights.find(p_.values.spelled(value));
            if (weights == score.weights.end()) fail("a value without weights");
            row.exact = weights->second;
        }
        budget_.memory(256 + 128 * row.exact.size());
        constexpr long most = 1L << 50;
        for (Rational& x : row.exact) {
            budget_.arithmetic(digits_of(x) + digits_of(p_.denominator));
            x *= p_.denominator;
            if (x.get_den() == 1 && abs(x.get_num()) < most) row.small.push_back(x.get_num().get_si());
        }
        if (value >= score.rows.size()) {
            budget_.memory(value + 1 - score.rows.size(), sizeof row);
            score.rows.resize(value + 1);
        }
        return score.rows[value] = std::move(row);
    }

    /// The class of the greatest score, of several the first.
    std::size_t best_class() {
        constexpr std::size_t most_terms = 4096;  // of less than 2^50
        std::vector<long> sum(p_.classes.size(), 0);
        bool small = p_.scores.size() <= most_terms;
        for (Program::Score& score : p_.scores) {
            const Program::Score::Row& add = row(score);
            small = small && add.small.size() == sum.size();
            budget_.step(sum.size() + 2);
            for (std::size_t c = 0; small && c < sum.size(); ++c) sum[c] += add.small[c];
        }
        if (small) return static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
        Vector exact(sum.size());
        for (Program::Score& score : p_.scores) {
            const Vector& add = row(score).exact;
            for (std::size_t c = 0; c < exact.size(); ++c) {
                budget_.arithmetic(digits_of(exact[c]) + digits_of(add[c]));
                exact[c] += add[c];
            }
        }
        return static_cast<std::size_t>(std::max_element(exact.begin(), exact.end()) - exact.begin());
    }

    Program& p_;
    const std::vector<std::size_t>& values_;
    std::size_t position_;
    Budget& budget_;
};

class ProgramRun {
  public:
    ProgramRun(Program& program, const std::vector<std::size_t>& word, Budget& budget) : p_(program), budget_(budget) {
        if (p_.begin) sequence_.push_back(p_.values.text(*p_.begin, budget));
        for (const std::size_t a : word) sequence_.push_back(p_.values.text(p_.alphabet[a], budget));
        if (p_.end) sequence_.push_back(p_.values.text(*p_.end, budget));
    }

    void run() {
        for (const ProgramStep& step : p_.steps) {
            std::vector<std::size_t> values;
            for (std::size_t i = 0; i < sequence_.size(); ++i) values.push_back(value(step, i));
            held_.push_back(std::move(values));
        }
    }

    const std::string& answer(std::size_t i) {
        std::vector<std::size_t> values;
        for (const auto& held : held_) values.push_back(held[i]);
        return answer_of(p_, values, i, budget_);
    }

    std::size_t length() const { return sequence_.size(); }

  private:
    [[noreturn]] void fail(const std::string& what, std::size_t i) const {
        const std::size_t k = held_.size();
        throw Defect("variable \"" + p_.steps[k].name + "\"", what + " at position " + std::to_string(i + 1));
    }

    std::size_t value(const ProgramStep& step, std::size_t i) {
        budget_.step(4);
        switch (step.kind) {
            case ProgramStep::Kind::symbol: return sequence_[i];
            case ProgramStep::Kind::position:
                return p_.values.integer(step.first + static_cast<std::int64_t>(i), budget_);
            case ProgramStep::Kind::constant: return step.constant;
            case ProgramStep::Kind::attend: return attend(step, i);
            case ProgramStep::Kind::map: return map(step, i);
        }
        return 0;
    }

    std::size_t map(const ProgramStep& step, std::size_t i) const {
        budget_.step(step.of.size(), 20);
        std::size_t node = 0;
        for (const std::size_t v : step.of) {
            const auto next = step.table.find((static_cast<std::uint64_t>(node) << 32) | held_[v][i]);
            if (next == step.table.end()) {
                if (!step.otherwise) fail("a tuple that has no entry", i);
                return *step.otherwise;
            }
            node = next->second;
        }
        if (step.of.empty() && !step.otherwise) fail("a tuple that has no entry", i);
        return step.of.empty() ? *step.otherwise : node;
    }

    std::vector<std::size_t> selected(const ProgramStep& step, std::size_t i) const {
        std::vector<std::size_t> positions;
        const std::size_t query = held_[step.query][i];
        if (query >= step.pairs.size()) return positions;
        const std::vector<char>& row = step.pairs[query];
        for (std::size_t j = 0; j < length(); ++j) {
            const std::size_t key = held_[step.key][j];
            if (may_see(step.mask, i, j) && key < row.size() && row[key] != 0) positions.push_back(j);
        }
        return positions;
    }

    std::size_t attend(const ProgramStep& step, std::size_t i) {
        budget_.step(2 * length());
        const std::vector<std::size_t> found = selected(step, i);
        if (found.empty()) return step.none_is_first ? held_[step.value][0] : step.none;
        switch (step.take) {
            case Program::Take::left: return held_[step.value][found.front()];
            case Program::Take::right: return held_[step.value][found.back()];
            case Program::Take::only:
                if (found.size() > 1) fail("more than one position is selected", i);
                return held_[step.value][found.front()];
            case Program::Take::nearest: return held_[step.value][nearest(found, i)];
            case Program::Take::count: return p_.values.integer(static_cast<long>(found.size()), budget_);
            default: return total(step, found, i);
        }
    }

    /// The own position is as far as positions are selected; of equally near ones the leftmost.
    static std::size_t nearest(const std::vector<std::size_t>& found, std::size_t i) {
        std::size_t best = found[0], least = SIZE_MAX;
        for (const std::size_t j : found) {
            const std::size_t far = j == i ? found.size() : j > i ? j - i : i - j;
            if (far >= least) continue;
            least = far;
            best = j;
        }
        return best;
    }

    std::size_t total(const ProgramStep& step, const std::vector<std::size_t>& found, std::size_t i) {
        Rational sum = 0;
        for (const std::size_t j : found) {
            const std::size_t term = held_[step.value][j];
            if (!p_.values.is_number(term)) fail("a sum of what is no number", i);
            budget_.arithmetic(digits_of(sum) + digits_of(p_.values.rational(term)));
            sum += p_.values.rational(term);
        }
        if (step.take == Program::Take::mean) sum /= static_cast<unsigned long>(found.size());
        constexpr long small = 1 << 20;
        if (sum.get_den() == 1 && abs(sum.get_num()) < small) return p_.values.integer(sum.get_num().get_si(), budget_);
        return p_.values.number(sum, budget_);
    }

    Program& p_;
    Budget& budget_;
    std::vector<std::size_t> sequence_;
    std::vector<std::vector<std::size_t>> held_;  // [step][position from 0]
};

}  // namespace

const std::string& answer_of(Program& program, const std::vector<std::size_t>& values, std::size_t position,
                             Budget& budget) {
    return Answering(program, values, position, budget).answer();
}

void check_length(const Program& program, std::size_t length, const std::string& file, Budget& budget) {
    budget.memory(64 * (length + 2), program.steps.size() + 4);
    if (program.lengths && (length < program.lengths->first || length > program.lengths->second))
        throw Defect("manifest.json: claim.length", "the program is for words of " +
                                                        std::to_string(program.lengths->first) + " to " +
                                                        std::to_string(program.lengths->second) + " symbols");
    if (length == 0 && !program.begin && !program.end) throw Defect(file, "the sequence is empty");
}

void check_accepts(const Program& program, std::size_t length, const std::string& file, Budget& budget) {
    check_length(program, length, file, budget);
    if (program.accept.empty()) throw Defect(file + ": output", "no answer of the program accepts");
    if (length == 0 && program.every) throw Defect(file + ": output", "the empty word has no answer");
}

std::vector<std::string> answers(Program& program, const std::vector<std::size_t>& word, Budget& budget) {
    ProgramRun run(program, word, budget);
    run.run();
    std::vector<std::string> found;
    if (!program.every) return {run.answer(run.length() - 1)};
    for (std::size_t i = 0; i < word.size(); ++i) found.push_back(run.answer(i + (program.begin ? 1 : 0)));
    return found;
}

bool accepts(Program& program, const std::vector<std::size_t>& word, Budget& budget) {
    const std::string answer = answers(program, word, budget).back();
    return std::find(program.accept.begin(), program.accept.end(), answer) != program.accept.end();
}

}  // namespace attest::checker
