#include "brasp_families.hpp"

#include <fmt/format.h>

namespace attest::benchmarks {

std::string dot_depth(std::size_t k) {
    std::string text = "alphabet a b\ng1 = symbol a\nf0 = symbol b\n", last = "g1";
    for (std::size_t level = 2; level <= k; ++level) {
        text += fmt::format("l{0} = rightmost({1}@j, {1}@j)\ng{0} = {2} & l{0}\n", level, last,
                            level % 2 == 0 ? "f0" : "g1");
        last = fmt::format("g{}", level);
    }
    return text + fmt::format("seen = rightmost({0}@j, {0}@j)\nout = {0} | seen\noutput out\n", last);
}

std::string y_depth(std::size_t k) {
    std::string text = "alphabet a b\nf0 = symbol a\n";
    for (std::size_t level = 1; level <= k; ++level)
        text += fmt::format("f{} = rightmost(true, f{}@j)\n", level, level - 1);
    return text + fmt::format("output f{}\n", k);
}

namespace {

/// `n1`, …, `nk`: at a mark, that it is the first or a later one, the second or a later one, and so on; `mark` is defined.
std::string numbered_marks(std::size_t k) {
    std::string text = "n1 = mark\n";
    for (std::size_t level = 2; level <= k; ++level)
        text += fmt::format("last{0} = rightmost(mark@j, n{1}@j)\nn{0} = mark & last{0}\n", level, level - 1);
    return text;
}

}  // namespace

std::string marks(std::size_t k) {
    return "alphabet a m\nmark = symbol m\n" + numbered_marks(k) +
           fmt::format("before = rightmost(n{0}@j, true)\nout = n{0} | before\noutput out\n", k);
}

std::string marked_same(std::size_t k) {
    std::string text = "alphabet a b m\n", same;
    for (const char letter : {'a', 'b', 'm'}) {
        const std::string name = letter == 'm' ? "mark" : fmt::format("is_{}", letter);
        text += fmt::format("{0} = symbol {1}\nafter_{1} = rightmost(true, {0}@j)\n", name, letter);
        same += fmt::format("{}{}@i & after_{}@j", same.empty() ? "" : " | ", name, letter);
    }
    return text + numbered_marks(k) + fmt::format("out = rightmost(n{}@j, {})\noutput out\n", k, same);
}

}  // namespace attest::benchmarks
