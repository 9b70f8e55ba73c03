#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/random.hpp"

namespace attest::tests {

/// A program over a, b in which anything may follow from anything.
class RandomCraspText {
  public:
    RandomCraspText(base::Random& random, bool both_ways) : random_(random), both_ways_(both_ways) {}

    std::string text() {
        std::string text = "alphabet a b\n";
        const std::uint64_t count = 2 + random_.below(3);
        for (std::uint64_t k = 0; k < count; ++k) {
            const bool is_count = random_.below(2) == 0;
            const std::string body = is_count ? number(3) : boolean(3);
            (is_count ? counts_ : booleans_).push_back(fmt::format("{}{}", is_count ? 'n' : 'p', k));
            text += fmt::format("{} = {}\n", (is_count ? counts_ : booleans_).back(), body);
        }
        return text + "out = " + boolean(2) + "\n";
    }

  private:
    bool one_in(std::uint64_t many) { return random_.below(many) == 0; }

    std::string boolean(int depth) {
        if (!booleans_.empty() && one_in(4)) return booleans_[random_.below(booleans_.size())];
        if (depth == 0) return one_in(6) ? "true" : one_in(2) ? "Q(a)" : "Q(b)";
        switch (random_.below(6)) {
            case 0: return "!" + boolean(depth - 1);
            case 1: return fmt::format("({} & {})", boolean(depth - 1), boolean(depth - 1));
            case 2: return fmt::format("({} | {})", boolean(depth - 1), boolean(depth - 1));
            default: {
                const std::vector<std::string> signs = {"<", "<=", "=", "!=", ">=", ">"};
                return fmt::format("({} {} {})", number(depth - 1), signs[random_.below(6)], number(depth - 1));
            }
        }
    }
    std::string number(int depth) {
        if (!counts_.empty() && one_in(4)) return counts_[random_.below(counts_.size())];
        if (depth == 0) return std::to_string(random_.below(4));
        switch (random_.below(7)) {
            case 0: return fmt::format("({} + {})", number(depth - 1), number(depth - 1));
            case 1: return fmt::format("({} - {})", number(depth - 1), number(depth - 1));
            case 2: return fmt::format("{} * {}", random_.below(4), number(0));
            case 3: return fmt::format("{}({}, {})", one_in(2) ? "min" : "max", number(depth - 1), number(depth - 1));
            case 4: return fmt::format("({} ? {} : {})", boolean(depth - 1), number(depth - 1), number(depth - 1));
            default: return fmt::format("#{}[{}]", both_ways_ && one_in(2) ? ">" : "", boolean(depth - 1));
        }
    }

    base::Random& random_;
    bool both_ways_;
    std::vector<std::string> booleans_, counts_;
};

/// `both_ways`: counts look forth as well
inline std::string random_crasp(base::Random& random, bool both_ways) {
    return RandomCraspText(random, both_ways).text();
}

}  // namespace attest::tests
