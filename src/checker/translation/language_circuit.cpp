#include "checker/translation/language_circuit.hpp"

#include "checker/translation/counting.hpp"
#include "checker/translation/dyck_circuit.hpp"
#include "checker/translation/layered.hpp"
#include "checker/translation/letters.hpp"

// FORMAT.md, section 6.4: the language at one length. A regular one is its minimal automaton run along the word, layer
// by layer of states; where every letter exchanges or keeps two states it is one parity gate. The others have circuits
// of their own.

namespace attest::checker {
namespace {

using Family = Language::Family;

bool swaps(const Automaton& automaton, std::size_t letter) {
    return automaton.next[0][letter] == 1 && automaton.next[1][letter] == 0;
}

bool fixes(const Automaton& automaton, std::size_t letter) {
    return automaton.next[0][letter] == 0 && automaton.next[1][letter] == 1;
}

bool is_parity_like(const Automaton& automaton) {
    if (automaton.states() != 2) return false;
    for (std::size_t letter = 0; letter < automaton.symbols; ++letter)
        if (!swaps(automaton, letter) && !fixes(automaton, letter)) return false;
    return true;
}

Literal parity_chain(Circuit& circuit, const Letters& letters, const Automaton& automaton) {
    Literal state = bottom;
    for (std::size_t i = 1; i <= letters.length(); ++i) {
        const Literal swap = letters.any(i, [&](std::size_t a) { return swaps(automaton, letters.letter(a)); });
        state = circuit.parity(state, swap);
    }
    return automaton.accepting[0] ? negated(state) : state;
}

Literal regular_literal(Circuit& circuit, const Letters& letters, const Automaton& automaton) {
    if (is_parity_like(automaton)) return parity_chain(circuit, letters, automaton);
    Layered layered;
    layered.next = [&](std::size_t, std::size_t state, std::size_t letter) { return automaton.next[state][letter]; };
    layered.accepting = [&](std::size_t state) { return automaton.accepting[state]; };
    return layered_literal(circuit, letters, layered);
}

Literal majority_literal(Circuit& circuit, const Letters& letters) {
    Layered counter;
    counter.next = [](std::size_t, std::size_t count, std::size_t letter) { return count + letter; };
    counter.accepting = [&](std::size_t count) { return 2 * count > letters.length(); };
    return layered_literal(circuit, letters, counter);
}

Literal palindrome_literal(Circuit& circuit, const Letters& letters, std::size_t alphabet) {
    const auto agree = [&](std::size_t i, std::size_t j, std::size_t c) {
        const Literal left = letters.is(i, c);
        const Literal right = letters.is(j, c);
        return negated(circuit.parity(left, right));
    };
    Literals pairs;
    for (std::size_t i = 1; i <= letters.length() / 2; ++i) {
        const std::size_t j = letters.length() + 1 - i;
        if (alphabet == 2) {
            pairs.push_back(agree(i, j, 1));
            continue;
        }
        Literals all;
        for (std::size_t c = 0; c < alphabet; ++c) all.push_back(agree(i, j, c));
        pairs.push_back(circuit.conjunction(std::move(all)));
    }
    return circuit.conjunction(std::move(pairs));
}

/// One block a letter of the alphabet, in its order, all of one size.
Literal blocks_literal(Circuit& circuit, const Letters& letters, std::size_t blocks) {
    if (letters.length() % blocks != 0) return bottom;
    const std::size_t size = letters.length() / blocks;
    Literals all;
    for (std::size_t i = 1; i <= letters.length(); ++i) all.push_back(letters.is(i, (i - 1) / size));
    return circuit.conjunction(std::move(all));
}

}  // namespace

Literal language_literal(Circuit& circuit, const WordInputs& word, const Language& language,
                         const std::vector<std::size_t>& numbers) {
    const Letters letters(circuit, word, numbers);
    if (language.automaton) return regular_literal(circuit, letters, *language.automaton);
    switch (language.family) {
        case Family::majority: return majority_literal(circuit, letters);
        case Family::table:
            return layered_literal(circuit, letters,
                                   table_automaton(language.table, letters.length(), circuit.budget()));
        case Family::palindrome: return palindrome_literal(circuit, letters, language.alphabet.size());
        case Family::anbn:
        case Family::anbncn: return blocks_literal(circuit, letters, language.alphabet.size());
        case Family::shuffle:
        case Family::reset_dyck:
        case Family::boolexpr:
            return layered_literal(circuit, letters, counting_automaton(language, letters.length(), circuit.budget()));
        default: return dyck_literal(circuit, letters, language);
    }
}

}  // namespace attest::checker
