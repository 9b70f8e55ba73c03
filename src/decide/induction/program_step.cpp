#include "program_step.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "programs/brasp/cases.hpp"

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;
using language::Symbol;
namespace brasp = programs::brasp;

namespace {

class ProgramStep {
  public:
    ProgramStep(const brasp::Program& program, const language::Dfa& automaton, const std::vector<Symbol>& meaning)
        : program_(program), automaton_(automaton), meaning_(meaning) {}

    StepCircuit make() {
        add_inputs();
        for (std::size_t d = 0; d < program_.definitions.size(); ++d) define(program_.definitions[d], cases_[d]);
        add_automaton();
        if (out_.builder.exhausted()) throw base::Unsupported("the circuit of a step needs more than 4 GiB");
        out_.machine_nodes = out_.circuit().node_count();
        return std::move(out_);
    }

  private:
    using Kind = brasp::Definition::Kind;

    void add_inputs() {
        add_letters(out_, program_.alphabet.size());
        const auto latch = [&](bool initial) {
            latches_.push_back(out_.builder.add_input("latch " + std::to_string(latches_.size())));
            out_.initial.push_back(initial);
        };
        for (const brasp::Definition& definition : program_.definitions) {
            auto& cases = cases_.emplace_back();
            if (!definition.attends()) continue;
            cases.emplace(program_, definition);
            const std::size_t count = cases->count() * (definition.kind == Kind::leftmost ? 2 : 1);
            for (std::size_t k = 0; k < count; ++k) latch(false);
        }
        out_.states = {latches_.size(), automaton_.size(), true};
        for (std::uint32_t q = 0; q < automaton_.size(); ++q) latch(q == automaton_.start);
    }

    void define(const brasp::Definition& definition, const std::optional<brasp::Cases>& cases) {
        Literal here = bottom;
        bool first = false;
        if (definition.kind == Kind::bos) {
            first = true;
        } else if (definition.kind == Kind::symbol) {
            here = out_.letters[definition.symbol];
        } else if (definition.kind == Kind::expression) {
            here = formed(definition.value, nullptr, 0);
            first = at_first(definition.value, nullptr, 0);
        } else {
            here = attended(definition, *cases);
        }
        here_.push_back(here);
        first_.push_back(first);
    }

    Literal formed(const brasp::Expression& e, const brasp::Cases* cases, std::size_t number) {
        return worked_out<Literal>(
            e, cases, number, here_, [](bool value) { return value ? top : bottom; },
            [&](Literal a, Literal b) {
                return out_.builder.conjunction({a, b});
            },
            [&](Literal a, Literal b) {
                return out_.builder.disjunction({a, b});
            });
    }
    /// At position 0.
    bool at_first(const brasp::Expression& e, const brasp::Cases* cases, std::size_t number) const {
        return worked_out<char>(
                   e, cases, number, first_, [](bool value) -> char { return value ? 1 : 0; },
                   [](char a, char b) -> char { return a & b; }, [](char a, char b) -> char { return a | b; }) != 0;
    }

    template <typename Value, typename Constant, typename And, typename Or>
    Value worked_out(const brasp::Expression& e, const brasp::Cases* cases, std::size_t number,
                     const std::vector<Value>& names, const Constant& constant, const And& both, const Or& any) const {
        std::vector<Value> stack;
        for (std::uint32_t n = e.first; n <= e.last; ++n) {
            const brasp::Node& node = program_.nodes[n];
            switch (node.kind) {
                case brasp::Node::Kind::constant: stack.push_back(constant(node.flag)); break;
                case brasp::Node::Kind::name:
                    stack.push_back(cases == nullptr || node.flag ? names[node.left]
                                                                  : constant(cases->value(number, node.left)));
                    break;
                case brasp::Node::Kind::negation: stack.back() = !stack.back(); break;
                default: {
                    const Value right = stack.back();
                    stack.pop_back();
                    stack.back() = node.kind == brasp::Node::Kind::conjunction ? both(stack.back(), right)
                                                                               : any(stack.back(), right);
                }
            }
        }
        return stack.back();
    }

    Literal is_case(const brasp::Cases& cases, std::size_t number) {
        std::vector<Literal> all;
        const std::size_t which = cases.symbol(number);
        for (std::size_t s = 0; s < cases.symbols().size(); ++s) {
            const Literal letter = out_.letters[cases.symbols()[s]];
            if (which == cases.symbols().size()) all.push_back(!letter);
            else if (which == s) all.push_back(letter);
        }
        for (const std::uint32_t d : cases.others()) all.push_back(here_[d] ^ !cases.value(number, d));
        return out_.builder.conjunction(all);
    }

    Literal attended(const brasp::Definition& definition, const brasp::Cases& cases) {
        circuit::Builder& b = out_.builder;
        const bool leftmost = definition.kind == Kind::leftmost;
        const std::size_t per_case = leftmost ? 2 : 1, first = latch_;
        latch_ += per_case * cases.count();
        std::vector<Literal> found;
        for (std::size_t c = 0; c < cases.count(); ++c) {
            const Literal is = is_case(cases, c);
            found.push_back(b.conjunction({is, latches_[first + c * per_case]}));
        }
        const Literal here = b.disjunction(found);
        for (std::size_t c = 0; c < cases.count(); ++c) {
            const std::size_t k = first + c * per_case;
            const Literal score = formed(definition.score, &cases, c), brings = formed(definition.value, &cases, c);
            const bool scored = at_first(definition.score, &cases, c);
            out_.initial[k] = scored && at_first(definition.value, &cases, c);
            if (leftmost) {
                const Literal fresh = b.conjunction({score, !latches_[k + 1]});
                const Literal taken = b.conjunction({fresh, brings});
                out_.next.push_back(b.disjunction({latches_[k], taken}));
                out_.next.push_back(b.disjunction({latches_[k + 1], score}));
                out_.initial[k + 1] = scored;
            } else {
                const Literal taken = b.conjunction({score, brings});
                const Literal stays = b.conjunction({!score, latches_[k]});
                // As it was anyway, said so that three values see it.
                const Literal same = b.conjunction({brings, latches_[k]});
                out_.next.push_back(b.disjunction({taken, stays, same}));
            }
        }
        return here;
    }

    void add_automaton() {
        circuit::Builder& b = out_.builder;
        const std::span states(latches_.data() + out_.states.first, automaton_.size());
        std::vector<Literal> accepting;
        for (const Literal next : next_states(b, automaton_, meaning_, out_.letters, states)) {
            if (automaton_.accepting[out_.next.size() - out_.states.first]) accepting.push_back(next);
            out_.next.push_back(next);
        }
        const Literal member = b.disjunction(accepting);
        out_.bad = b.exclusive_or(here_[program_.output], member);
    }

    const brasp::Program& program_;
    const language::Dfa& automaton_;
    const std::vector<Symbol>& meaning_;
    std::vector<std::optional<brasp::Cases>> cases_;  ///< by definition
    StepCircuit out_;
    std::vector<Literal> latches_, here_;
    std::vector<char> first_;
    std::size_t latch_ = 0;
};

}  // namespace

StepCircuit program_step(const brasp::Program& program, const language::Dfa& automaton,
                         const std::vector<Symbol>& meaning) {
    return ProgramStep(program, automaton, meaning).make();
}

}  // namespace attest::induction
