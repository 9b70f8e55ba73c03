#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/random.hpp"

namespace attest::tests {

/// A program over a, b (and c) in which anything may follow from anything.
class RandomBraspText {
  public:
    explicit RandomBraspText(base::Random& random) : random_(random) {}

    std::string text() {
        std::string text = "alphabet a b c\n";
        for (const char* symbol : {"a", "b", "c"}) add(text, fmt::format("symbol {}", symbol));
        if (random_.below(2) == 0) add(text, "bos");
        const std::uint64_t count = 2 + random_.below(6);
        for (std::uint64_t k = 0; k < count; ++k) {
            const std::uint64_t kind = random_.below(8);
            if (kind == 0) add(text, random_.below(2) == 0 ? "const true" : "const false");
            else if (kind < 3) add(text, expression(3, false));
            else
                add(text, fmt::format("{}({}, {})", random_.below(2) == 0 ? "rightmost" : "leftmost",
                                      expression(3, true), expression(2, true)));
        }
        return text + fmt::format("output {}\n", random_.below(4) == 0 ? name() : names_.back());
    }

  private:
    void add(std::string& text, const std::string& body) {
        const std::string made = fmt::format("p{}", names_.size());
        text += fmt::format("{} = {}\n", made, body);
        names_.push_back(made);
    }
    std::string name() { return names_[random_.below(names_.size())]; }
    std::string expression(int depth, bool at) {
        const std::uint64_t kind = depth == 0 ? 0 : random_.below(8);
        if (kind == 7) return random_.below(2) == 0 ? "true" : "false";
        if (kind == 6) return "!" + parenthesised(depth - 1, at);
        if (kind >= 4) return fmt::format("{} & {}", parenthesised(depth - 1, at), parenthesised(depth - 1, at));
        if (kind >= 2) return fmt::format("{} | {}", parenthesised(depth - 1, at), parenthesised(depth - 1, at));
        return name() + (!at ? "" : random_.below(2) == 0 ? "@j" : random_.below(2) == 0 ? "@i" : "");
    }
    std::string parenthesised(int depth, bool at) { return "(" + expression(depth, at) + ")"; }

    base::Random& random_;
    std::vector<std::string> names_;
};

inline std::string random_brasp(base::Random& random) { return RandomBraspText(random).text(); }

}  // namespace attest::tests
