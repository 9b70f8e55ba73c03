#include "influence_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace attest::cli {

std::string bound(double x, Towards side) {
    if (!std::isfinite(x)) return "-";
    for (double y = x;; y += (side == Towards::above ? 1 : -1) * std::abs(x) * 1e-6) {
        std::string text = fmt::format("{:.6g}", y);
        const double shown = std::strtod(text.c_str(), nullptr);
        if (side == Towards::above ? shown >= x : shown <= x) return text;
    }
}

std::string spell(const model::Transformer& t, const language::Word& word) {
    if (word.size() <= 24) return t.alphabet.spell(word);
    std::string text;
    std::size_t runs = 0;
    for (std::size_t p = 0; p < word.size();) {
        std::size_t end = p;
        while (end < word.size() && word[end] == word[p]) ++end;
        if (++runs > 6) return text + " ...";
        text += fmt::format("{}{}^{}", text.empty() ? "" : " ", t.alphabet.symbol(word[p]), end - p);
        p = end;
    }
    return text;
}

}  // namespace attest::cli
