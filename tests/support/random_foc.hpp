#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/random.hpp"

namespace attest::tests {

/// Formulas of FOC[+;MOD] over two symbols as text, of variables that are bound around them.
class RandomFoc {
  public:
    /// letters: two symbols
    explicit RandomFoc(base::Random& random, std::string letters = "ab")
        : random_(random), letters_(std::move(letters)) {}

    std::string formula(int depth) {
        const std::uint64_t kind = depth == 0 ? 0 : random_.below(9);
        if (kind < 2) return atom();
        if (kind == 2) return "!" + formula(depth - 1);
        if (kind < 5) {
            static const std::vector<std::string> signs = {"&", "|", "->", "<->"};
            const std::string sign = signs[random_.below(signs.size())];
            return fmt::format("({} {} {})", formula(depth - 1), sign, formula(depth - 1));
        }
        return quantified(depth - 1, kind);
    }

  private:
    std::string quantified(int depth, std::uint64_t kind) {
        if (kind < 7 && counts_ < 3) {
            const std::string head = fmt::format("{} x{} ", random_.chance(1, 3) ? "forall" : "exists", ++counts_);
            // Mostly a count of positions is what it is.
            const std::string body =
                random_.chance(2, 3)
                    ? fmt::format("({} {} {})", exactly(0), random_.chance(2, 3) ? "&" : "->", formula(depth))
                    : formula(depth);
            --counts_;
            return head + body;
        }
        return exactly(depth);
    }

    std::string exactly(int depth) {
        if (positions_ == 2) return atom();
        static const std::vector<std::string> short_ones = {"some", "every"};
        const std::string head = random_.chance(1, 4) ? short_ones[random_.below(2)] : "exactly " + term();
        const std::string name = fmt::format(" p{} ", ++positions_);
        const std::string text = head + name + formula(depth);
        --positions_;
        return text;
    }

    std::string term() {
        std::string text;
        const std::uint64_t parts = 1 + random_.below(2);
        for (std::uint64_t k = 0; k < parts; ++k) {
            if (k > 0) text += random_.chance(1, 2) ? " + " : " - ";
            if (counts_ == 0 || random_.chance(1, 3)) text += std::to_string(random_.below(4));
            else
                text += fmt::format("{}x{}", random_.chance(1, 3) ? fmt::format("{}*", 1 + random_.below(3)) : "",
                                    1 + random_.below(static_cast<std::uint64_t>(counts_)));
        }
        return text;
    }

    std::string atom() {
        if (positions_ > 0 && random_.chance(2, 3)) {
            const std::string p = fmt::format("p{}", 1 + random_.below(static_cast<std::uint64_t>(positions_)));
            if (random_.chance(2, 3)) return letters_.substr(random_.below(2), 1) + "(" + p + ")";
            const std::uint64_t m = 1 + random_.below(3);
            return fmt::format("{} mod {} = {}", p, m, random_.below(m));
        }
        static const std::vector<std::string> relations = {"=", "!=", "<", "<=", ">", ">="};
        if (random_.chance(1, 4)) {
            const std::uint64_t m = 1 + random_.below(3);
            return fmt::format("{} mod {} = {}", term(), m, random_.below(m));
        }
        return fmt::format("{} {} {}", term(), relations[random_.below(relations.size())], term());
    }

    base::Random& random_;
    std::string letters_;
    int counts_ = 0, positions_ = 0;
};

}  // namespace attest::tests
