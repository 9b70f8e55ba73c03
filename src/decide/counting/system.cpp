#include "decide/counting/system.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::counting {

namespace {

using programs::crasp::Node;
using programs::crasp::Program;
using Kind = Step::Kind;

/// Appends a program's steps; gives the step that is its output.
std::uint32_t append(System& system, const Program& program) {
    std::vector<std::uint32_t> step_of(program.nodes.size());
    for (std::size_t k = 0; k < program.nodes.size(); ++k) {
        const Node& node = program.nodes[k];
        if (node.kind == Kind::name) {
            step_of[k] = step_of[program.definitions[static_cast<std::size_t>(node.number)].last];
            continue;
        }
        if (node.kind == Kind::after)
            throw base::Unsupported(
                "all lengths at once are proved of programs without #>[…], which counts what comes later");
        Step step{node.kind, node.number, step_of[node.left], step_of[node.right], step_of[node.condition]};
        step_of[k] = static_cast<std::uint32_t>(system.steps.size());
        switch (node.kind) {
            case Kind::before: step.counter = system.counters++; [[fallthrough]];
            case Kind::conjunction:
            case Kind::less:
            case Kind::less_equal:
            case Kind::equal:
            case Kind::minimum:
            case Kind::maximum:
            case Kind::choice:
                system.tests.push_back(step_of[k]);
                step.test = static_cast<std::uint32_t>(system.tests.size());
                break;
            default: break;
        }
        system.steps.push_back(step);
    }
    return step_of[program.definitions[program.output].last];
}

std::string pairs_text(const language::Alphabet& alphabet) {
    std::string text, all;
    for (language::Symbol a = 0; a + 1 < alphabet.size(); a += 2) {
        const unsigned n = a / 2 + 1;
        text += fmt::format("o{0} = #[Q(\"{1}\")]\nc{0} = #[Q(\"{2}\")]\nu{0} = #[o{0} < c{0}]\n", n,
                            alphabet.symbol(a), alphabet.symbol(a + 1));
        all += fmt::format("{0}u{1} = 0 & o{1} = c{1}", all.empty() ? "" : " & ", n);
    }
    return text + "out = " + all + "\n";
}

void require_fits(bool overflows) {
    if (overflows) throw base::Unsupported("a count of the program leaves 64 bits");
}

class Reading {
  public:
    Reading(const System& system, State& state, language::Symbol symbol)
        : system_(system), state_(state), symbol_(symbol), values_(system.steps.size()) {}

    Answers read() {
        for (std::size_t k = 0; k < system_.steps.size(); ++k) values_[k] = value(k, system_.steps[k]);
        state_.automaton = system_.next[state_.automaton][symbol_];
        return {values_[system_.output] != 0,
                system_.meant ? values_[*system_.meant] != 0 : system_.accepting[state_.automaton]};
    }

  private:
    std::int64_t value(std::size_t k, const Step& s) {
        const std::int64_t l = values_[s.left], r = values_[s.right];
        std::int64_t result = 0;
        switch (s.kind) {
            case Kind::constant:
            case Kind::integer: return s.number;
            case Kind::symbol: return system_.is_letter(k, symbol_) ? 1 : 0;
            case Kind::negation: return 1 - l;
            case Kind::conjunction: return l & r;
            case Kind::disjunction: return l | r;
            case Kind::less: return l < r ? 1 : 0;
            case Kind::less_equal: return l <= r ? 1 : 0;
            case Kind::equal: return l == r ? 1 : 0;
            case Kind::sum: require_fits(__builtin_add_overflow(l, r, &result)); return result;
            case Kind::difference: require_fits(__builtin_sub_overflow(l, r, &result)); return result;
            case Kind::multiple: require_fits(__builtin_mul_overflow(s.number, l, &result)); return result;
            case Kind::before: return state_.counters[s.counter] += l;
            case Kind::minimum: return std::min(l, r);
            case Kind::maximum: return std::max(l, r);
            case Kind::choice: return values_[s.condition] != 0 ? l : r;
            case Kind::after:
            case Kind::name: break;  // make_system leaves none
        }
        return 0;
    }

    const System& system_;
    State& state_;
    language::Symbol symbol_;
    std::vector<std::int64_t> values_;
};

/// The program's own part.
System system_of(const Program& program, const std::vector<language::Symbol>& meaning) {
    System system;
    system.letters = meaning;
    system.symbols = meaning.size();
    system.output = append(system, program);
    system.own = system.steps.size();
    return system;
}

}  // namespace

std::optional<std::string> text_of_language(const language::Language& language) {
    const language::Alphabet& alphabet = language.alphabet();
    std::string text = "alphabet";
    for (const std::string& symbol : alphabet.symbols()) text += fmt::format(" \"{}\"", symbol);
    text += "\n";
    const language::Language::Form& form = language.form();
    if (std::holds_alternative<language::Majority>(form)) return text + "z = #[Q(0)]\no = #[Q(1)]\nout = z < o\n";
    if (const auto* blocks = std::get_if<language::EqualBlocks>(&form)) {
        if (blocks->letters == 2)
            return text + "x = #[Q(a)]\ny = #[Q(b)]\nlate = #[Q(a) & y >= 1]\nout = late = 0 & x = y\n";
        if (blocks->letters == 3)
            return text +
                   "x = #[Q(a)]\ny = #[Q(b)]\nz = #[Q(c)]\nlate = #[Q(a) & y + z >= 1 | Q(b) & z >= 1]\n"
                   "out = late = 0 & x = y & y = z\n";
        return std::nullopt;
    }
    if (const auto* dyck = std::get_if<language::Dyck>(&form))
        return dyck->kinds == 1 && !dyck->depth ? std::optional(text + pairs_text(alphabet)) : std::nullopt;
    const auto* counting = std::get_if<language::Counting>(&form);
    if (counting != nullptr && std::holds_alternative<language::Shuffle>(counting->form()))
        return text + pairs_text(alphabet);
    return std::nullopt;
}

System make_system(const Program& program, const language::Dfa& automaton,
                   const std::vector<language::Symbol>& meaning) {
    System system = system_of(program, meaning);
    system.accepting = automaton.accepting;
    for (const auto& row : automaton.transition) {
        auto& next = system.next.emplace_back();
        for (const language::Symbol a : meaning) next.push_back(row[a]);
    }
    return system;
}

System make_system(const Program& program, const language::Language& language,
                   const std::vector<language::Symbol>& meaning) {
    if (const auto* regular = std::get_if<language::Regular>(&language.form()))
        return make_system(program, regular->automaton, meaning);
    System system = system_of(program, meaning);
    const auto text = text_of_language(language);
    if (!text)
        throw base::Unsupported(
            fmt::format("all lengths at once: a program is held against a regular language, or one that counts say "
                        "(majority, anbn, "
                        "anbncn, dyck:1, shuffle:K), not {}",
                        language.name()));
    // Steps of the second program stand after those of the first, so that their operands are counted on.
    system.meant = append(system, programs::crasp::parse(*text, language.name()));
    system.accepting = {false};
    system.next = {std::vector<std::uint32_t>(meaning.size(), 0)};
    return system;
}

System make_system(const Program& program) {
    std::vector<language::Symbol> meaning;
    for (language::Symbol a = 0; a < program.alphabet.size(); ++a) meaning.push_back(a);
    System system = system_of(program, meaning);
    system.accepting = {true};
    system.next = {std::vector<std::uint32_t>(meaning.size(), 0)};
    return system;
}

System with_symbol_counts(System system) {
    system.symbol_counts = system.steps.size();
    for (std::size_t a = 0; a < system.symbols; ++a) {
        Step symbol;
        symbol.kind = Kind::symbol;
        symbol.number = static_cast<std::int64_t>(a);
        system.steps.push_back(symbol);
        Step count;
        count.kind = Kind::before;
        count.left = static_cast<std::uint32_t>(system.steps.size() - 1);
        count.counter = system.counters++;
        system.tests.push_back(static_cast<std::uint32_t>(system.steps.size()));
        count.test = static_cast<std::uint32_t>(system.tests.size());
        system.steps.push_back(count);
    }
    return system;
}

Answers read_symbol(const System& system, State& state, language::Symbol symbol) {
    return Reading(system, state, symbol).read();
}

}  // namespace attest::counting
