#include "decide/counting/horn.hpp"

#include <fmt/format.h>

#include <array>

#include "attest/base/error.hpp"

// The step of a program beside a language as constrained Horn clauses: one predicate of the counters a state of the automaton. Each
// rule is a straight line of the program's steps, as lets.

namespace attest::counting {

namespace {

class Horn {
    using Kind = Step::Kind;

  public:
    explicit Horn(const System& system) : system_(system) {}

    std::string write() {
        std::string sorts, names, zeros;
        for (std::uint32_t c = 0; c < system_.counters; ++c) {
            sorts += "Int ";
            names += fmt::format("(c{} Int) ", c);
            zeros += " 0";
        }
        std::string text;
        for (std::size_t q = 0; q < system_.next.size(); ++q)
            text += fmt::format("(declare-fun inv{} ({}) Bool)\n", q, sorts);
        text += fmt::format("(assert (inv0{}))\n", zeros);
        for (std::size_t q = 0; q < system_.next.size(); ++q)
            for (std::size_t a = 0; a < system_.symbols; ++a)
                for (const std::string& rule : rules(q, a))
                    text += fmt::format("(assert (forall ({}) {}))\n", names, rule);
        return text;
    }

  private:
    /// A step keeps to what is reached; after it the answers agree.
    std::array<std::string, 2> rules(std::size_t q, std::size_t symbol) const {
        const std::uint32_t next = system_.next[q][symbol];
        std::string before, after, lets, ends;
        for (std::uint32_t c = 0; c < system_.counters; ++c) before += fmt::format(" c{}", c);
        std::vector<std::size_t> counted(system_.counters);
        for (std::size_t k = 0; k < system_.steps.size(); ++k) {
            lets += fmt::format("(let ((s{} {})) ", k, value(k, symbol));
            ends += ")";
            if (system_.steps[k].kind == Kind::before) counted[system_.steps[k].counter] = k;
        }
        for (const std::size_t k : counted) after += fmt::format(" s{}", k);
        const std::string meant = system_.meant             ? fmt::format("s{}", *system_.meant)
                                  : system_.accepting[next] ? "true"
                                                            : "false";
        const std::string from = fmt::format("(inv{}{})", q, before);
        return {fmt::format("(=> {} {}(inv{}{}){})", from, lets, next, after, ends),
                fmt::format("(=> (and {} {}(not (= s{} {})){}) false)", from, lets, system_.output, meant, ends)};
    }

    std::string value(std::size_t k, std::size_t symbol) const {
        const Step& s = system_.steps[k];
        const auto apply = [&](const char* name) { return fmt::format("({} s{} s{})", name, s.left, s.right); };
        switch (s.kind) {
            case Kind::constant: return s.number != 0 ? "true" : "false";
            case Kind::integer: return s.number < 0 ? fmt::format("(- {})", -s.number) : fmt::format("{}", s.number);
            case Kind::symbol: return system_.is_letter(k, symbol) ? "true" : "false";
            case Kind::negation: return fmt::format("(not s{})", s.left);
            case Kind::conjunction: return apply("and");
            case Kind::disjunction: return apply("or");
            case Kind::less: return apply("<");
            case Kind::less_equal: return apply("<=");
            case Kind::equal: return apply("=");
            case Kind::sum: return apply("+");
            case Kind::difference: return apply("-");
            case Kind::multiple: return fmt::format("(* {} s{})", s.number, s.left);
            case Kind::before: return fmt::format("(+ c{} (ite s{} 1 0))", s.counter, s.left);
            case Kind::minimum: return fmt::format("(ite (<= s{0} s{1}) s{0} s{1})", s.left, s.right);
            case Kind::maximum: return fmt::format("(ite (<= s{0} s{1}) s{1} s{0})", s.left, s.right);
            case Kind::choice: return fmt::format("(ite s{} s{} s{})", s.condition, s.left, s.right);
            case Kind::after:
            case Kind::name: break;  // make_system leaves none
        }
        throw base::InternalError("a step that has no value");
    }

    const System& system_;
};

}  // namespace

std::string horn_clauses(const System& system) { return "(set-logic HORN)\n" + Horn(system).write(); }

}  // namespace attest::counting
