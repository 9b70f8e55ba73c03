#include "subjects.hpp"

#include <map>
#include <set>

namespace attest::tests {

namespace {

using language::Alphabet;
using language::Dfa;

Dfa permuted(const std::vector<Dfa::State>& a, const std::vector<Dfa::State>& b) {
    Dfa automaton{Alphabet({"a", "b"}), 0, {}, {}};
    for (std::size_t q = 0; q < a.size(); ++q) {
        automaton.accepting.push_back(q == 0);
        automaton.transition.push_back({a[q], b[q]});
    }
    return language::minimize(automaton);
}

GoldenRow row(const std::string& text, const std::string& letters, std::vector<std::size_t> sizes,
              const std::string& classes) {
    return {text, minimal_automaton(text, letters), sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], classes};
}

}  // namespace

language::Dfa minimal_automaton(const std::string& text, const std::string& letters) {
    if (text == "S3") return permuted({1, 2, 0}, {1, 0, 2});
    if (text == "A5") return permuted({1, 2, 3, 4, 0}, {1, 2, 0, 3, 4});
    if (text == "S5") return permuted({1, 2, 3, 4, 0}, {1, 0, 2, 3, 4});
    std::vector<std::string> symbols;
    for (const char c : letters) symbols.emplace_back(1, c);
    const auto parsed =
        language::Language::parse(text, text.starts_with("regex:") ? std::optional(Alphabet(symbols)) : std::nullopt);
    return std::get<language::Regular>(parsed.form()).automaton;
}

const std::vector<GoldenRow>& golden_rows() {
    // Sizes: |Q|, |M|, stability index, |stable semigroup|, largest group.
    static const std::vector<GoldenRow> rows{
        row("regex:.*a.*", "ab", {2, 2, 1, 2, 1}, "TTTTTTTTTTTTT"),
        row("regex:.*b", "ab", {2, 3, 1, 2, 1}, ".T.TT...TTT.."),
        row("regex:b.*", "ab", {3, 3, 1, 2, 1}, "T..TTTTTTTT.."),
        row("regex:a*b*", "ab", {3, 5, 2, 4, 1}, "TTTTTTTTTTT.."),
        row("regex:(ab)*", "ab", {3, 6, 2, 3, 1}, "....TTTTTT.T."),
        row("regex:(aa)*", "a", {2, 2, 2, 1, 2}, ".....T..TT.T."),
        row("regex:(abab)*", "ab", {5, 10, 4, 3, 2}, ".....T..TT.T."),
        row("even", "01", {2, 2, 1, 2, 2}, ".....T...T.T."),
        row("regex:.*ab.*", "abc", {3, 6, 2, 5, 1}, "....T...TTT.."),
        row("regex:.*a.*b.*", "abc", {3, 5, 2, 5, 1}, "TTTTTTTTTTT.."),
        row("tomita:3", "01", {5, 26, 8, 21, 2}, "........TT..."),
        row("tomita:4", "01", {4, 12, 5, 10, 1}, "....T...TT..."),
        row("tomita:5", "01", {4, 4, 2, 2, 4}, ".....T...T.T."),
        row("tomita:6", "01", {3, 3, 2, 3, 3}, ".....T...T.T."),
        row("tomita:7", "01", {5, 9, 4, 8, 1}, "TTTTTTTTTTT.."),
        row("regex:(a(ab)*b)*", "ab", {4, 15, 4, 8, 1}, "....TTTTTT..."),
        row("nested:3", "ab", {5, 31, 6, 16, 1}, "....TTTTTT..."),
        row("nested:4", "ab", {6, 56, 8, 29, 1}, "....TTTTTT..."),
        row("regex:(ab|aabb)*", "ab", {5, 21, 6, 9, 1}, "....T...TT..."),
        row("regex:(ab|bbaa)*", "ab", {6, 36, 6, 14, 1}, "....TTTTTT..."),
        row("regex:(ab|bba)*", "ab", {5, 26, 6, 17, 1}, "....TTT.TT..."),
        row("regex:(ab|ba)*", "ab", {4, 15, 4, 8, 1}, "....TTTTTT..."),
        row("regex:(abbc)*", "abc", {5, 19, 4, 5, 1}, "....TTTTTT.T."),
        row("regex:(a+b+)+", "ab", {4, 5, 2, 4, 1}, "...TT...TTT.."),
        row("regex:aa*bb*cc*dd*ee*", "abcde", {7, 17, 5, 16, 1}, "TTTTTTTTTTT.."),
        row("regex:(a|b)*aa(a|b)*", "ab", {3, 6, 3, 5, 1}, "....T...TT..."),
        row("regex:(aa|bb)*", "ab", {4, 15, 4, 8, 2}, ".....T..TT..."),
        row("regex:((a|b)(a|b))*", "ab", {2, 2, 2, 1, 2}, ".....T..TT.T."),
        row("mod:3,0", "01", {3, 3, 2, 3, 3}, ".....T...T.T."),
        row("S3", "ab", {3, 6, 3, 6, 6}, ".....T...T..."),
        row("A5", "ab", {5, 60, 8, 60, 60}, ".....T......."),
        row("S5", "ab", {5, 120, 13, 120, 120}, ".....T......."),
    };
    return rows;
}

}  // namespace attest::tests
