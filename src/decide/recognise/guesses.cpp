#include "guesses.hpp"

#include <utility>

namespace attest::decide {

namespace {

language::Word at_random(base::Random& random, std::size_t symbols, std::size_t size) {
    language::Word word(size);
    for (language::Symbol& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
    return word;
}

void change(base::Random& random, std::size_t symbols, language::Word& word) {
    const std::size_t at = random.below(word.size());
    if (random.below(4) == 0 || at + 1 == word.size()) word[at] = static_cast<language::Symbol>(random.below(symbols));
    else std::swap(word[at], word[at + 1]);
}

constexpr std::uint64_t most_changes = 3;

}  // namespace

language::Word guess_near(base::Random& random, std::size_t symbols, language::Word word) {
    for (std::uint64_t k = random.below(most_changes) + 1; k-- > 0;) {
        if (random.chance(1, 2)) change(random, symbols, word);
        else std::swap(word[random.below(word.size())], word[random.below(word.size())]);
    }
    return word;
}

language::Word guess(base::Random& random, std::size_t symbols, std::size_t size) {
    constexpr std::uint64_t longest_block = 4;
    if (size == 0 || random.below(4) == 0) return at_random(random, symbols, size);
    const language::Word block = at_random(random, symbols, 1 + random.below(longest_block));
    language::Word word(size);
    for (std::size_t i = 0; i < size; ++i) word[i] = block[i % block.size()];
    for (std::uint64_t k = random.below(most_changes) + 1; k-- > 0;) change(random, symbols, word);
    return word;
}

}  // namespace attest::decide
