#include "checker/counting/system.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

// FORMAT.md, section 30.2: which languages a program is held against, and by what.

namespace attest::checker {
namespace {

std::string letter(const Symbol& symbol) { return "Q(\"" + symbol + "\")"; }

/// Each pair of brackets is balanced for itself.
std::string shuffled_pairs(const Language& language) {
    std::string text, all;
    for (std::size_t k = 0; 2 * k < language.alphabet.size(); ++k) {
        const std::string n = std::to_string(k + 1);
        text += "o" + n + " = #[" + letter(language.alphabet[2 * k]) + "]\nc" + n + " = #[" +
                letter(language.alphabet[2 * k + 1]) + "]\nu" + n + " = #[o" + n + " < c" + n + "]\n";
        all += (all.empty() ? "u" : " & u") + n + " = 0 & o" + n + " = c" + n;
    }
    return text + "out = " + all + "\n";
}

/// Appends the steps of the program that says what the language is.
void add_reference(CountingSystem& system, const CountingProgram& reference) {
    for (CountingStep step : reference.steps) {
        step.left += system.own, step.right += system.own, step.condition += system.own;
        if (step.test > 0) step.test += system.tests;
        step.counter += system.counters;
        system.steps.push_back(step);
    }
    system.meant = system.own + reference.output;
    system.tests += reference.tests;
    system.counters += reference.counters;
}

}  // namespace

std::optional<std::string> program_of_language(const Language& language) {
    using Family = Language::Family;
    std::string text = "alphabet";
    for (const Symbol& symbol : language.alphabet) text += " \"" + symbol + "\"";
    text += "\n";
    switch (language.family) {
        case Family::majority: return text + "z = #[Q(0)]\no = #[Q(1)]\nout = z < o\n";
        case Family::anbn: return text + "x = #[Q(a)]\ny = #[Q(b)]\nlate = #[Q(a) & y >= 1]\nout = late = 0 & x = y\n";
        case Family::anbncn:
            return text +
                   "x = #[Q(a)]\ny = #[Q(b)]\nz = #[Q(c)]\nlate = #[Q(a) & y + z >= 1 | Q(b) & z >= 1]\n"
                   "out = late = 0 & x = y & y = z\n";
        case Family::dyck:
            if (language.pairs != 1 || language.depth) return std::nullopt;
            return text + shuffled_pairs(language);
        case Family::shuffle: return text + shuffled_pairs(language);
        default: return std::nullopt;
    }
}

CountingSystem counting_system(const CountingProgram& program, const Language& language,
                               const std::vector<std::size_t>& letters, Budget& budget) {
    budget.memory(program.steps.size(), 2 * sizeof(CountingStep));
    CountingSystem system{program.steps,
                          program.tests,
                          program.counters,
                          program.alphabet.size(),
                          program.steps.size(),
                          SIZE_MAX,
                          program.output,
                          std::nullopt,
                          letters,
                          {},
                          {}};
    if (language.automaton) {
        const Automaton& automaton = *language.automaton;
        budget.memory(automaton.states(), 64 + 8 * letters.size());
        for (std::size_t q = 0; q < automaton.states(); ++q) {
            system.accepting.push_back(automaton.accepting[q]);
            auto& row = system.next.emplace_back();
            for (const std::size_t a : letters) row.push_back(automaton.next[q][a]);
        }
        return system;
    }
    const auto text = program_of_language(language);
    if (!text)
        throw Defect(
            "manifest.json: claim.language",
            shown_language(language.text) + " has no automaton, and no program of this format says what it is");
    add_reference(system, read_counting_program(*text, "the language", budget));
    system.accepting = {false};
    system.next = {std::vector<std::uint32_t>(letters.size(), 0)};
    return system;
}

void add_symbol_counts(CountingSystem& system, Budget& budget) {
    budget.memory(system.symbols, 2 * sizeof(CountingStep));
    system.symbol_counts = system.steps.size();
    for (std::size_t a = 0; a < system.symbols; ++a) {
        CountingStep letter, count;
        letter.kind = CountingStep::Kind::letter;
        letter.number = static_cast<std::int64_t>(a);
        system.steps.push_back(letter);
        count.kind = CountingStep::Kind::count;
        count.left = system.steps.size() - 1;
        count.test = ++system.tests;
        count.counter = system.counters++;
        system.steps.push_back(count);
    }
}

}  // namespace attest::checker
