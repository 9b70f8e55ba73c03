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

}  // namespace attest::benchmarks
