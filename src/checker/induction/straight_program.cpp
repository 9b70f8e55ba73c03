#include "checker/induction/straight_program.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 36.1: what a program says of a word. A definition is worked out at all positions of the word at once, position 0 being
// the one before it: 64 of them are a number.

namespace attest::checker {
namespace {

using StraightNode = StraightProgram::Node;
using StraightDefinition = StraightProgram::Definition;
using StraightColumn = std::vector<std::uint64_t>;

class StraightColumns {
  public:
    StraightColumns(const StraightProgram& program, const std::vector<std::size_t>& word, Budget& budget)
        : program_(program), word_(word), budget_(budget), width_(word.size() / 64 + 1) {}

    bool answer() {
        find_last_uses();
        columns_.resize(program_.definitions.size());
        for (std::size_t d = 0; d < program_.definitions.size(); ++d) {
            const Budget::Temporary here(budget_);
            columns_[d] = column(program_.definitions[d]);
            for (const std::size_t gone : last_here_[d]) StraightColumn().swap(columns_[gone]);
        }
        const std::size_t at = word_.size();
        return (columns_[program_.output][at / 64] >> at % 64 & 1) != 0;
    }

  private:
    /// What is not used behind a definition is forgotten after it.
    void find_last_uses() {
        const std::size_t count = program_.definitions.size();
        std::vector<std::size_t> last(count);
        for (std::size_t d = 0; d < count; ++d) {
            last[d] = d;
            const auto look = [&](const StraightProgram::Expression& e) {
                for (std::size_t n = e.first; n <= e.last; ++n)
                    if (program_.nodes[n].kind == StraightNode::Kind::name) last[program_.nodes[n].left] = d;
            };
            if (program_.definitions[d].attends()) look(program_.definitions[d].score);
            if (program_.definitions[d].kind >= StraightDefinition::Kind::expression)
                look(program_.definitions[d].value);
        }
        budget_.memory(64, count);
        last_here_.resize(count);
        for (std::size_t d = 0; d < count; ++d)
            if (d != program_.output) last_here_[last[d]].push_back(d);
        std::size_t held = 0, most = 0;
        for (std::size_t d = 0; d < count; ++d) {
            most = std::max(most, ++held);
            held -= last_here_[d].size();
        }
        budget_.memory(8 * width_ + 24, most);
    }

    StraightColumn filled(bool value) const { return StraightColumn(width_, value ? ~std::uint64_t{0} : 0); }

    StraightColumn column(const StraightDefinition& definition) {
        budget_.memory(8 * width_);
        budget_.step(4 * width_);
        StraightColumn result = filled(false);
        switch (definition.kind) {
            case StraightDefinition::Kind::begin: result[0] = 1; return result;
            case StraightDefinition::Kind::symbol:
                for (std::size_t i = 0; i < word_.size(); ++i)
                    if (word_[i] == definition.symbol) result[(i + 1) / 64] |= std::uint64_t{1} << (i + 1) % 64;
                return result;
            case StraightDefinition::Kind::expression: return value_of(definition.value, nullptr, 0);
            default: break;
        }
        const AskedCases cases = cases_of(program_, definition, "program.brasp", budget_);
        for (std::size_t c = 0; c < cases.count(); ++c) {
            const StraightColumn found =
                picked(definition, value_of(definition.score, &cases, c), value_of(definition.value, &cases, c));
            const StraightColumn asks = where(cases, c);
            for (std::size_t w = 0; w < width_; ++w) result[w] |= asks[w] & found[w];
        }
        return result;
    }

    /// The positions at which this is the case.
    StraightColumn where(const AskedCases& cases, std::size_t number) const {
        StraightColumn result = filled(true);
        const auto meet = [&](std::size_t definition) {
            const bool is = cases.is_true(program_, definition, number);
            for (std::size_t w = 0; w < width_; ++w)
                result[w] &= is ? columns_[definition][w] : ~columns_[definition][w];
        };
        for (const std::size_t d : cases.names) meet(d);
        for (const std::size_t d : cases.symbols) meet(d);
        return result;
    }

    /// cases  null: names mean the position itself
    StraightColumn value_of(const StraightProgram::Expression& e, const AskedCases* cases, std::size_t number) {
        const Budget::Temporary here(budget_);
        const std::size_t count = e.last - e.first + 1;
        budget_.memory(8 * width_ + 24, count);
        budget_.step(width_ + 4, count);
        std::vector<StraightColumn> made(count);
        for (std::size_t n = e.first; n <= e.last; ++n) {
            const StraightNode& node = program_.nodes[n];
            StraightColumn& result = made[n - e.first];
            switch (node.kind) {
                case StraightNode::Kind::constant: result = filled(node.flag); break;
                case StraightNode::Kind::name:
                    result = cases == nullptr || node.flag ? columns_[node.left]
                                                           : filled(cases->is_true(program_, node.left, number));
                    break;
                case StraightNode::Kind::negation:
                    result = std::move(made[node.left - e.first]);
                    for (std::uint64_t& w : result) w = ~w;
                    break;
                default: {
                    result = std::move(made[node.left - e.first]);
                    const StraightColumn other = std::move(made[node.right - e.first]);
                    for (std::size_t w = 0; w < width_; ++w)
                        result[w] =
                            node.kind == StraightNode::Kind::conjunction ? result[w] & other[w] : result[w] | other[w];
                }
            }
        }
        return std::move(made.back());
    }

    /// At each position what stands at the nearest one before it where something is written; false if there is none. A sum carries what is
    /// written (both bits), forgets what is erased (no bit) and hands on what was (one bit).
    StraightColumn kept(const StraightColumn& writes, const StraightColumn& value) const {
        StraightColumn result(width_);
        unsigned carry = 0;
        for (std::size_t w = 0; w < width_; ++w) {
            const std::uint64_t a = writes[w] & value[w], b = ~writes[w] | value[w];
            std::uint64_t sum = 0;
            const bool over = __builtin_add_overflow(a, b, &sum);
            const bool over_again = __builtin_add_overflow(sum, std::uint64_t{carry}, &sum);
            result[w] = sum ^ a ^ b;
            carry = over || over_again ? 1 : 0;
        }
        return result;
    }

    StraightColumn picked(const StraightDefinition& definition, const StraightColumn& score,
                          const StraightColumn& value) const {
        if (definition.kind == StraightDefinition::Kind::rightmost) return kept(score, value);
        StraightColumn first = kept(score, filled(true));
        for (std::size_t w = 0; w < width_; ++w) first[w] = score[w] & ~first[w];
        return kept(first, value);
    }

    const StraightProgram& program_;
    const std::vector<std::size_t>& word_;
    Budget& budget_;
    std::size_t width_;
    std::vector<StraightColumn> columns_;
    std::vector<std::vector<std::size_t>> last_here_;
};

}  // namespace

bool AskedCases::is_true(const StraightProgram& program, std::size_t definition, std::size_t number) const {
    const StraightDefinition& d = program.definitions[definition];
    if (d.kind == StraightDefinition::Kind::begin) return false;
    if (d.kind == StraightDefinition::Kind::symbol) {
        const std::size_t alternative = number >> names.size();
        return alternative < alternatives.size() && alternatives[alternative] == d.symbol;
    }
    const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), definition) - names.begin());
    return (number >> (names.size() - 1 - at) & 1) != 0;
}

AskedCases cases_of(const StraightProgram& program, const StraightDefinition& definition, const std::string& file,
                    Budget& budget) {
    std::vector<std::size_t> asked;
    for (const StraightProgram::Expression& e : {definition.score, definition.value})
        for (std::size_t n = e.first; n <= e.last; ++n) {
            budget.step();
            const StraightNode& node = program.nodes[n];
            if (node.kind == StraightNode::Kind::name && !node.flag) asked.push_back(node.left);
        }
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    AskedCases cases;
    for (const std::size_t d : asked) {
        const StraightDefinition& of = program.definitions[d];
        if (of.kind == StraightDefinition::Kind::begin) continue;
        if (of.kind != StraightDefinition::Kind::symbol) {
            cases.names.push_back(d);
            continue;
        }
        cases.symbols.push_back(d);
        budget.step(cases.alternatives.size());
        if (std::find(cases.alternatives.begin(), cases.alternatives.end(), of.symbol) == cases.alternatives.end())
            cases.alternatives.push_back(of.symbol);
    }
    if (cases.names.size() > 12 || cases.count() > 4096) throw Defect(file, "an attention asks in more than 4096 ways");
    return cases;
}

bool accepts(const StraightProgram& program, const std::vector<std::size_t>& word, Budget& budget) {
    return StraightColumns(program, word, budget).answer();
}

}  // namespace attest::checker
