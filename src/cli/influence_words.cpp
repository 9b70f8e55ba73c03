#include "influence_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "language/brief.hpp"

namespace attest::cli {

std::string bound(double x, Towards side) {
    if (!std::isfinite(x)) return "-";
    for (double y = x;; y += (side == Towards::above ? 1 : -1) * std::abs(x) * 1e-6) {
        std::string text = fmt::format("{:.6g}", y);
        const double shown = std::strtod(text.c_str(), nullptr);
        if (side == Towards::above ? shown >= x : shown <= x) return text;
    }
}

std::string spell(const network::Transformer& t, const language::Word& word) {
    return language::spell_briefly(t.alphabet, word, 24);
}

}  // namespace attest::cli
