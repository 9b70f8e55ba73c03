#include "regular.hpp"

#include "definition.hpp"

namespace attest::language {

Alphabet binary() { return Alphabet({"0", "1"}); }

const std::vector<FixedRegular>& fixed_regular() {
    static const std::vector<FixedRegular> languages = {
        {"parity", {1}, {{0, 1}, {1, 0}}, definition::parity},
        {"even", {0}, {{0, 1}, {1, 0}}, definition::even},
        {"first", {2}, {{1, 2}, {1, 1}, {2, 2}}, definition::first},
        {"last", {1}, {{0, 1}, {0, 1}}, definition::last},
        {"all-ones", {0}, {{1, 0}, {1, 1}}, definition::all_ones},
        {"tomita:1", {0}, {{1, 0}, {1, 1}}, definition::all_ones},
        {"tomita:2", {0}, {{1, 2}, {1, 1}, {0, 1}}, definition::ten_repeated},
        // States as in FORMAT.md, section 3.
        {"tomita:3", {0, 1, 2}, {{0, 1}, {3, 0}, {3, 1}, {2, 4}, {4, 4}}, definition::no_odd_ones_before_odd_zeros},
        {"tomita:4", {0, 1, 2}, {{1, 0}, {2, 0}, {3, 0}, {3, 3}}, definition::no_three_zeros},
        {"tomita:5", {0}, {{1, 2}, {0, 3}, {3, 0}, {2, 1}}, definition::even_zeros_and_even_ones},
        {"tomita:6", {0}, {{1, 2}, {2, 0}, {0, 1}}, definition::difference_divisible_by_three},
        {"tomita:7", {0, 1, 2, 3}, {{0, 1}, {2, 1}, {2, 3}, {4, 3}, {4, 4}}, definition::at_most_four_blocks},
    };
    return languages;
}

Dfa FixedRegular::automaton() const {
    Dfa written{binary(), 0, std::vector<bool>(transition.size(), false), transition};
    for (const Dfa::State q : accepting) written.accepting[q] = true;
    return minimize(written);
}

Dfa modulo_automaton(std::uint64_t modulus, std::uint64_t remainder) {
    Dfa counter{binary(), 0, std::vector<bool>(modulus, false), {}};
    counter.accepting[remainder] = true;
    for (std::uint64_t q = 0; q < modulus; ++q)
        counter.transition.push_back({static_cast<Dfa::State>(q), static_cast<Dfa::State>((q + 1) % modulus)});
    return minimize(counter);
}

Dfa nested_automaton(std::uint64_t depth) {
    // The state is how many a are open; the last is for words that no symbol mends.
    const auto dead = static_cast<Dfa::State>(depth + 1);
    Dfa counter{Alphabet({"a", "b"}), 0, std::vector<bool>(depth + 2, false), {}};
    counter.accepting[0] = true;
    for (Dfa::State open = 0; open < dead; ++open)
        counter.transition.push_back({open + 1, open == 0 ? dead : open - 1});
    counter.transition.push_back({dead, dead});
    return minimize(counter);
}

Dfa factor_automaton(const Word& factor, const Alphabet& alphabet) {
    // State q: the longest prefix of the factor that ends here has q symbols. `border` is the state after the
    // factor's first q symbols without the very first, to which q falls back on a mismatch.
    using State = Dfa::State;
    Dfa matcher{alphabet, 0, {}, {}};
    std::size_t border = 0;
    for (std::size_t q = 0; q < factor.size(); ++q) {
        auto row = q == 0 ? std::vector<State>(alphabet.size(), 0) : matcher.transition[border];
        row[factor[q]] = static_cast<State>(q + 1);
        if (q > 0) border = matcher.transition[border][factor[q]];
        matcher.transition.push_back(std::move(row));
    }
    const auto found = static_cast<State>(factor.size());
    matcher.transition.emplace_back(alphabet.size(), found);
    matcher.accepting.assign(factor.size() + 1, false);
    matcher.accepting[found] = true;
    return minimize(matcher);
}

}  // namespace attest::language
