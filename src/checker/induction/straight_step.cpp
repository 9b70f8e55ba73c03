#include "checker/induction/straight_step.hpp"

#include "checker/induction/step_parts.hpp"
#include "checker/translation/word_inputs.hpp"

// FORMAT.md, section 36.2, in the order of the text.

namespace attest::checker {
namespace {

using StraightNode = StraightProgram::Node;
using StraightDefinition = StraightProgram::Definition;

class StraightStepBuilder {
  public:
    StraightStepBuilder(const StraightProgram& program, const std::vector<std::size_t>& letters,
                        const Automaton& automaton, Budget& budget)
        : program_(program), letters_(letters), automaton_(automaton), budget_(budget), result_{lay_out(), false} {
        for (std::size_t k = 0; k < result_.step.initial.size(); ++k) now_.push_back(result_.step.latch(k));
        for (std::size_t a = 0; a < program.alphabet.size(); ++a)
            present_.push_back(WordInputs{program.alphabet.size(), 1}.present(1, a));
    }

    StraightStep build() {
        for (std::size_t d = 0; d < program_.definitions.size(); ++d) {
            const StraightDefinition& definition = program_.definitions[d];
            switch (definition.kind) {
                case StraightDefinition::Kind::begin: add(bottom, true); break;
                case StraightDefinition::Kind::symbol: add(present_[definition.symbol], false); break;
                case StraightDefinition::Kind::expression:
                    add(formed(definition.value, values_, nullptr, 0), said_at_first(definition.value, nullptr, 0));
                    break;
                default: attention(definition, cases_[d]);
            }
        }
        result_.accepts_empty_word = at_first_[program_.output];
        add_automaton();
        return std::move(result_);
    }

  private:
    MachineStep lay_out() {
        std::size_t latches = 0;
        cases_.resize(program_.definitions.size());
        for (std::size_t d = 0; d < program_.definitions.size(); ++d) {
            const StraightDefinition& definition = program_.definitions[d];
            if (!definition.attends()) continue;
            cases_[d] = cases_of(program_, definition, "program.brasp", budget_);
            latches += cases_[d].count() * (definition.kind == StraightDefinition::Kind::leftmost ? 2 : 1);
        }
        budget_.memory(64, latches + automaton_.accepting.size());
        std::vector<bool> initial(latches, false);
        states_ = latches;
        initial.resize(latches + automaton_.accepting.size(), false);
        initial[states_ + automaton_.start] = true;
        const std::size_t inputs = WordInputs{program_.alphabet.size(), 1}.count();
        return {Circuit(inputs + initial.size(), budget_), inputs, initial, {}, bottom};
    }

    Circuit& circuit() { return result_.step.circuit; }
    void add(Literal value, bool first) {
        budget_.memory(16);
        values_.push_back(value);
        at_first_.push_back(first);
    }

    /// An expression, names standing for literals; those that mean the asking position for what they are in a case.
    Literal formed(const StraightProgram::Expression& e, const Literals& names, const AskedCases* cases,
                   std::size_t number) {
        budget_.step(e.last - e.first + 1, 4);
        formed_.resize(e.last - e.first + 1);
        for (std::size_t n = e.first; n <= e.last; ++n) {
            const StraightNode& node = program_.nodes[n];
            Literal& literal = formed_[n - e.first];
            const auto operand = [&](std::size_t of) { return formed_[of - e.first]; };
            switch (node.kind) {
                case StraightNode::Kind::constant: literal = node.flag ? top : bottom; break;
                case StraightNode::Kind::name:
                    if (cases == nullptr || node.flag) literal = names[node.left];
                    else literal = cases->is_true(program_, node.left, number) ? top : bottom;
                    break;
                case StraightNode::Kind::negation: literal = negated(operand(node.left)); break;
                case StraightNode::Kind::conjunction:
                    literal = circuit().conjunction(operand(node.left), operand(node.right));
                    break;
                case StraightNode::Kind::disjunction:
                    literal = circuit().disjunction(operand(node.left), operand(node.right));
            }
        }
        return formed_.back();
    }

    /// What an expression says at position 0.
    bool said_at_first(const StraightProgram::Expression& e, const AskedCases* cases, std::size_t number) {
        budget_.step(e.last - e.first + 1, 4);
        said_.resize(e.last - e.first + 1);
        for (std::size_t n = e.first; n <= e.last; ++n) {
            const StraightNode& node = program_.nodes[n];
            const auto operand = [&](std::size_t of) { return said_[of - e.first]; };
            bool value = node.flag;
            if (node.kind == StraightNode::Kind::name)
                value =
                    cases == nullptr || node.flag ? at_first_[node.left] : cases->is_true(program_, node.left, number);
            if (node.kind == StraightNode::Kind::negation) value = !operand(node.left);
            if (node.kind == StraightNode::Kind::conjunction) value = operand(node.left) && operand(node.right);
            if (node.kind == StraightNode::Kind::disjunction) value = operand(node.left) || operand(node.right);
            said_[n - e.first] = value;
        }
        return said_.back();
    }

    Literal is_case(const AskedCases& cases, std::size_t number) {
        const std::size_t alternative = number >> cases.names.size();
        Literals all;
        if (alternative < cases.alternatives.size()) all.push_back(present_[cases.alternatives[alternative]]);
        else
            for (const std::size_t symbol : cases.alternatives) all.push_back(negated(present_[symbol]));
        for (const std::size_t d : cases.names)
            all.push_back(cases.is_true(program_, d, number) ? values_[d] : negated(values_[d]));
        return circuit().conjunction(std::move(all));
    }

    void attention(const StraightDefinition& definition, const AskedCases& cases) {
        const bool leftmost = definition.kind == StraightDefinition::Kind::leftmost;
        const std::size_t first = latch_, per_case = leftmost ? 2 : 1;
        latch_ += cases.count() * per_case;
        Literals found;
        for (std::size_t c = 0; c < cases.count(); ++c) {
            const Literal is = is_case(cases, c);
            found.push_back(circuit().conjunction(is, now_[first + c * per_case]));
        }
        const Literal value = circuit().disjunction(std::move(found));
        for (std::size_t c = 0; c < cases.count(); ++c) {
            const std::size_t k = first + c * per_case;
            const Literal score = formed(definition.score, values_, &cases, c);
            const Literal brings = formed(definition.value, values_, &cases, c);
            const bool scored = said_at_first(definition.score, &cases, c);
            result_.step.initial[k] = scored && said_at_first(definition.value, &cases, c);
            if (leftmost) {
                const Literal fresh = circuit().conjunction(score, negated(now_[k + 1]));
                result_.step.next.push_back(circuit().disjunction(now_[k], circuit().conjunction(fresh, brings)));
                result_.step.next.push_back(circuit().disjunction(now_[k + 1], score));
                result_.step.initial[k + 1] = scored;
            } else {
                const Literal taken = circuit().conjunction(score, brings);
                const Literal stays = circuit().conjunction(negated(score), now_[k]);
                const Literal same = circuit().conjunction(brings, now_[k]);
                result_.step.next.push_back(circuit().disjunction(Literals{taken, stays, same}));
            }
        }
        add(value, false);
    }

    void add_automaton() {
        Literals in;
        for (const Literal next :
             next_states(circuit(), automaton_, letters_, present_, std::span(now_).subspan(states_), top, budget_)) {
            if (automaton_.accepting[result_.step.next.size() - states_]) in.push_back(next);
            result_.step.next.push_back(next);
        }
        result_.step.bad = circuit().parity(values_[program_.output], circuit().disjunction(std::move(in)));
    }

    const StraightProgram& program_;
    const std::vector<std::size_t>& letters_;
    const Automaton& automaton_;
    Budget& budget_;
    std::vector<AskedCases> cases_;
    std::size_t states_ = 0, latch_ = 0;
    StraightStep result_;
    Literals now_, present_, values_, formed_;
    std::vector<bool> at_first_, said_;
};

}  // namespace

StraightStep build_straight_step(const StraightProgram& program, const std::vector<std::size_t>& letters,
                                 const Automaton& automaton, Budget& budget) {
    return StraightStepBuilder(program, letters, automaton, budget).build();
}

}  // namespace attest::checker
