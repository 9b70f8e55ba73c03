#include "checker/translation/program_circuit.hpp"

#include <algorithm>
#include <map>

#include "checker/network/instance.hpp"
#include "checker/translation/language_circuit.hpp"

// The circuit of a program, rule by rule from FORMAT.md section 19.

namespace attest::checker {
namespace {

using ProgramStep = Program::Step;
using Take = Program::Take;

/// A list of (value, literal).
template <typename Key>
using WaysOf = std::vector<std::pair<Key, Literal>>;
using ValueWays = WaysOf<std::size_t>;  // V(v, p): values as numbers
using ChosenWays = WaysOf<std::size_t>;

std::size_t gap(std::size_t i, std::size_t j) { return i < j ? j - i : i - j; }

class ProgramTranslation {
  public:
    ProgramTranslation(Circuit& circuit, const WordInputs& word, Program& program, Budget& budget)
        : circuit_(circuit), word_(word), p_(program), budget_(budget), begin_(program.begin ? 1 : 0) {
        n_ = word.length + begin_ + (program.end ? 1 : 0);
    }

    ProgramLiterals translate() {
        translate_steps();
        const Literal accept = acceptance(p_.every ? begin_ + word_.length - 1 : n_ - 1);
        return {accept, circuit_.disjunction(faults_)};
    }

    AnswerLiterals translate_answers() {
        translate_steps();
        AnswerLiterals found;
        const std::size_t first = p_.every ? begin_ : n_ - 1, end = p_.every ? begin_ + word_.length : n_;
        for (std::size_t i = first; i < end; ++i) found.answers.push_back(answers(i));
        found.fault = circuit_.disjunction(faults_);
        return found;
    }

  private:
    void translate_steps() {
        for (const ProgramStep& step : p_.steps) {
            std::vector<ValueWays> sets;
            for (std::size_t i = 0; i < n_; ++i) {
                sets.push_back(values(step, i));
                budget_.step(20);
                budget_.memory(48 + 16 * sets.back().size());
            }
            sets_.push_back(std::move(sets));
        }
    }

    void fault(Literal literal) {
        if (literal != bottom) faults_.push_back(literal);
    }

    template <typename Key>
    WaysOf<Key> merged(const WaysOf<Key>& ways) {
        std::map<Key, std::size_t> number;
        WaysOf<Key> groups;
        std::vector<Literals> literals;
        budget_.step(ways.size(), 20);
        for (const auto& [value, literal] : ways) {
            if (literal == bottom) continue;
            const auto [at, is_new] = number.emplace(value, groups.size());
            if (is_new) {
                groups.emplace_back(value, bottom);
                literals.emplace_back();
            }
            literals[at->second].push_back(literal);
        }
        if (groups.size() == 1) groups[0].second = top;
        else
            for (std::size_t k = 0; k < groups.size(); ++k) groups[k].second = circuit_.disjunction(literals[k]);
        return groups;
    }

    ValueWays values(const ProgramStep& step, std::size_t i) {
        switch (step.kind) {
            case ProgramStep::Kind::symbol: return symbols(i);
            case ProgramStep::Kind::position:
                return {{p_.values.integer(step.first + static_cast<std::int64_t>(i), budget_), top}};
            case ProgramStep::Kind::constant: return {{step.constant, top}};
            case ProgramStep::Kind::map: return mapped(step, i);
            case ProgramStep::Kind::attend: return attended(step, i);
        }
        return {};
    }

    ValueWays symbols(std::size_t i) {
        if (i < begin_) return {{p_.values.text(*p_.begin, budget_), top}};
        if (i >= begin_ + word_.length) return {{p_.values.text(*p_.end, budget_), top}};
        ValueWays set;
        for (std::size_t a = 0; a < p_.alphabet.size(); ++a)
            set.emplace_back(p_.values.text(p_.alphabet[a], budget_), word_.present(i - begin_ + 1, a));
        return set;
    }

    ValueWays mapped(const ProgramStep& step, std::size_t i) {
        WaysOf<std::vector<std::size_t>> tuples = {{{}, top}};
        for (const std::size_t v : step.of) {
            WaysOf<std::vector<std::size_t>> longer;
            for (const auto& [tuple, literal] : tuples)
                for (const auto& [value, holds] : sets_[v][i]) {
                    budget_.step(20 + tuple.size());
                    const Literal both = circuit_.conjunction({literal, holds});
                    if (both == bottom) continue;
                    longer.emplace_back(tuple, both);
                    longer.back().first.push_back(value);
                }
            tuples = std::move(longer);
        }
        ValueWays found;
        for (const auto& [tuple, literal] : tuples) {
            const auto value = entry(step, tuple);
            if (value) found.emplace_back(*value, literal);
            else fault(literal);
        }
        return merged(found);
    }

    static std::optional<std::size_t> entry(const ProgramStep& step, const std::vector<std::size_t>& tuple) {
        std::size_t node = 0;
        if (tuple.empty()) return step.otherwise;
        for (const std::size_t value : tuple) {
            const auto next = step.table.find((static_cast<std::uint64_t>(node) << 32) | value);
            if (next == step.table.end()) return step.otherwise;
            node = next->second;
        }
        return node;
    }

    Literal selects(const ProgramStep& step, std::size_t i, std::size_t j) {
        Literals ways;
        for (const auto& [query, asks] : sets_[step.query][i]) {
            Literals keys;
            for (const auto& [key, holds] : sets_[step.key][j])
                if (query < step.pairs.size() && key < step.pairs[query].size() && step.pairs[query][key] != 0)
                    keys.push_back(holds);
            budget_.step(10 + sets_[step.key][j].size());
            const Literal wanted = circuit_.disjunction(keys);
            ways.push_back(circuit_.conjunction({asks, wanted}));
        }
        return circuit_.disjunction(ways);
    }

    ValueWays attended(const ProgramStep& step, std::size_t i) {
        ChosenWays selected;
        for (std::size_t j = 0; j < n_; ++j) {
            budget_.step(4);
            if (!may_see(step.mask, i, j)) continue;
            const Literal literal = selects(step, i, j);
            if (literal != bottom) selected.emplace_back(j, literal);
        }
        if (step.take == Take::sum || step.take == Take::mean || step.take == Take::count)
            return totals(step, selected);
        Literals some;
        for (const auto& [j, literal] : selected) some.push_back(literal);
        const Literal none = negated(circuit_.disjunction(some));
        ValueWays found;
        for (const auto& [j, literal] : taken(step.take, selected, i))
            for (const auto& [value, holds] : sets_[step.value][j])
                found.emplace_back(value, circuit_.conjunction({literal, holds}));
        add_none(step, none, found);
        return merged(found);
    }

    void add_none(const ProgramStep& step, Literal none, ValueWays& found) {
        if (!step.none_is_first) return found.emplace_back(step.none, none), void();
        for (const auto& [value, holds] : sets_[step.value][0])
            found.emplace_back(value, circuit_.conjunction({none, holds}));
    }

    ChosenWays taken(Take take, ChosenWays selected, std::size_t i) {
        if (take == Take::only) {
            Literal before = bottom;
            for (const auto& [j, literal] : selected) {
                fault(circuit_.conjunction({literal, before}));
                before = circuit_.disjunction({literal, before});
            }
            return selected;
        }
        if (take == Take::nearest) return nearest(selected, i);
        if (take == Take::right) std::reverse(selected.begin(), selected.end());
        chain(selected);
        return selected;
    }

    /// Each becomes: it holds, and none before it. Gives whether some holds.
    Literal chain(ChosenWays& order) {
        Literal before = bottom;
        for (auto& [j, literal] : order) {
            const Literal holds = literal;
            literal = circuit_.conjunction({holds, negated(before)});
            before = circuit_.disjunction({before, holds});
        }
        return before;
    }

    ChosenWays nearest(const ChosenWays& selected, std::size_t i) {
        Literal own = bottom;
        ChosenWays others;
        for (const auto& [j, literal] : selected) {
            if (j == i) own = literal;
            else others.emplace_back(j, literal);
        }
        const ValueWays counts = own == bottom ? ValueWays() : numbers(selected);
        std::stable_sort(others.begin(), others.end(),
                         [&](const auto& a, const auto& b) { return gap(i, a.first) < gap(i, b.first); });
        const Literal some = chain(others);
        if (own == bottom) return others;
        Literals ways{circuit_.conjunction({own, negated(some)})};
        for (const auto& [j, literal] : others) {
            const std::size_t most = j < i ? gap(i, j) - 1 : gap(i, j);
            Literals few;
            for (const auto& [count, holds] : counts)
                if (count >= 2 && count <= most) few.push_back(holds);
            if (few.empty()) continue;
            const Literal is_few = circuit_.disjunction(few);
            ways.push_back(circuit_.conjunction({own, literal, is_few}));
        }
        const Literal takes_own = circuit_.disjunction(ways);
        for (auto& [j, literal] : others) literal = circuit_.conjunction({literal, negated(takes_own)});
        others.emplace_back(i, takes_own);
        return others;
    }

    /// (count, "so many are selected"), counts as they are.
    ValueWays numbers(const ChosenWays& selected) {
        ValueWays counts{{0, top}};
        for (const auto& [j, literal] : selected) {
            ValueWays next;
            for (const auto& [count, holds] : counts) {
                next.emplace_back(count, circuit_.conjunction({holds, negated(literal)}));
                next.emplace_back(count + 1, circuit_.conjunction({holds, literal}));
            }
            counts = merged(next);
        }
        return counts;
    }

    using Sum = std::pair<std::size_t, Rational>;

    ValueWays totals(const ProgramStep& step, const ChosenWays& selected) {
        WaysOf<Sum> sums{{{0, 0}, top}};
        for (const auto& [j, literal] : selected) {
            const WaysOf<Rational> addends = terms(step, j, literal);
            WaysOf<Sum> next;
            for (const auto& [sum, holds] : sums) {
                budget_.step(20);
                next.emplace_back(sum, circuit_.conjunction({holds, negated(literal)}));
                for (const auto& [term, is] : addends) {
                    budget_.arithmetic(digits_of(sum.second) + digits_of(term));
                    const Rational total = sum.second + term;
                    next.emplace_back(Sum(step.take == Take::mean ? sum.first + 1 : 1, total),
                                      circuit_.conjunction({holds, literal, is}));
                }
            }
            sums = merged(next);
        }
        ValueWays found;
        for (const auto& [sum, holds] : sums) {
            if (sum.first == 0) {
                add_none(step, holds, found);
                continue;
            }
            Rational value = sum.second;
            if (step.take == Take::mean) value /= static_cast<unsigned long>(sum.first);
            found.emplace_back(p_.values.number(value, budget_), holds);
        }
        return merged(found);
    }

    WaysOf<Rational> terms(const ProgramStep& step, std::size_t j, Literal selected) {
        if (step.take == Take::count) return {{1, top}};
        WaysOf<Rational> numbers;
        for (const auto& [value, holds] : sets_[step.value][j]) {
            if (p_.values.is_number(value)) numbers.emplace_back(p_.values.rational(value), holds);
            else fault(circuit_.conjunction({selected, holds}));
        }
        return numbers;
    }

    bool accepts(const std::string& answer) const {
        return std::find(p_.accept.begin(), p_.accept.end(), answer) != p_.accept.end();
    }

    WaysOf<std::string> answers(std::size_t i) {
        WaysOf<std::string> found;
        if (p_.classes.empty()) {
            for (const auto& [value, holds] : sets_[p_.value][i]) found.emplace_back(p_.values.spelled(value), holds);
        } else {
            for (const auto& [sum, holds] : scores(i))
                found.emplace_back(
                    p_.classes[static_cast<std::size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin())],
                    holds);
        }
        budget_.memory(found.size(), 64);
        return found;
    }

    Literal acceptance(std::size_t i) {
        Literals accepting;
        for (const auto& [text, holds] : answers(i))
            if (accepts(text)) accepting.push_back(holds);
        return circuit_.disjunction(accepting);
    }

    WaysOf<Vector> scores(std::size_t i) {
        WaysOf<Vector> sums{{Vector(p_.classes.size()), top}};
        for (const Program::Score& score : p_.scores) {
            const WaysOf<Vector> rows = rows_of(score, i);
            WaysOf<Vector> next;
            for (const auto& [sum, holds] : sums)
                for (const auto& [row, is] : rows) {
                    budget_.step(20 + 10 * row.size());
                    Vector total = sum;
                    for (std::size_t c = 0; c < row.size(); ++c) {
                        budget_.arithmetic(digits_of(total[c]) + digits_of(row[c]));
                        total[c] += row[c];
                    }
                    next.emplace_back(std::move(total), circuit_.conjunction({holds, is}));
                }
            sums = merged(next);
        }
        return sums;
    }

    WaysOf<Vector> rows_of(const Program::Score& score, std::size_t i) {
        WaysOf<Vector> rows;
        for (const auto& [value, holds] : sets_[score.of][i]) {
            const auto found = score.weights.find(p_.values.spelled(value));
            if (score.times ? !p_.values.is_number(value) : found == score.weights.end()) {
                fault(holds);
                continue;
            }
            rows.emplace_back(score.times ? *score.times : found->second, holds);
            if (score.times)
                for (Rational& x : rows.back().first) {
                    budget_.arithmetic(digits_of(x) + digits_of(p_.values.rational(value)));
                    x *= p_.values.rational(value);
                }
        }
        return rows;
    }

    Circuit& circuit_;
    const WordInputs& word_;
    Program& p_;
    Budget& budget_;
    std::size_t begin_;  // positions before the word
    std::size_t n_ = 0;
    std::vector<std::vector<ValueWays>> sets_;  // [step][position from 0]
    Literals faults_;
};

}  // namespace

ProgramLiterals translate_program(Circuit& circuit, const WordInputs& word, Program& program, Budget& budget) {
    return ProgramTranslation(circuit, word, program, budget).translate();
}

AnswerLiterals translate_answers(Circuit& circuit, const WordInputs& word, Program& program, Budget& budget) {
    return ProgramTranslation(circuit, word, program, budget).translate_answers();
}

Literal but_for(Circuit& circuit, const WordInputs& inputs, Literal literal,
                const std::vector<std::vector<std::size_t>>& words) {
    Literals others{literal};
    for (const auto& word : words) {
        Literals symbols;
        for (std::size_t i = 1; i <= word.size(); ++i) symbols.push_back(inputs.present(i, word[i - 1]));
        others.push_back(negated(circuit.conjunction(std::move(symbols))));
    }
    return circuit.conjunction(std::move(others));
}

Literal answers_differ(Circuit& circuit, const AnswerLiterals& found, const AnswerLiterals& wanted, Budget& budget) {
    Literals somewhere;
    for (std::size_t i = 0; i < found.answers.size(); ++i) {
        Literals here;
        for (const auto& [text, holds] : found.answers[i]) {
            Literals right;
            budget.step(wanted.answers[i].size(), 4);
            for (const auto& [other, wants] : wanted.answers[i])
                if (other == text) right.push_back(wants);
            const Literal is_right = circuit.disjunction(right);
            here.push_back(circuit.conjunction({holds, negated(is_right)}));
        }
        somewhere.push_back(circuit.disjunction(here));
    }
    return circuit.disjunction(somewhere);
}

Miter build_program_miter(Program& program, std::size_t length, const Language& language,
                          const std::vector<std::size_t>& letters, Budget& budget,
                          const std::vector<std::vector<std::size_t>>& words) {
    const WordInputs word{program.alphabet.size(), length};
    Circuit circuit(word.count(), budget);
    const ProgramLiterals literals = translate_program(circuit, word, program, budget);
    const Literal member = language_literal(circuit, word, language, letters);
    const Literal differs = circuit.parity(literals.accept, member);
    Literals roots{but_for(circuit, word, differs, words), literals.fault};
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
