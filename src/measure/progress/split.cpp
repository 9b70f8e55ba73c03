#include <fmt/format.h>

#include <sstream>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "measure/progress/measures.hpp"

namespace attest::progress {

Split Split::parse(const std::string& text, const std::string& name, std::size_t modulus) {
    Split split;
    split.train_.assign(modulus * modulus, false);
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty()) continue;
        std::istringstream words(line);
        std::size_t a = 0, b = 0;
        std::string more;
        if (!(words >> a >> b) || (words >> more) || a >= modulus || b >= modulus)
            throw base::InputError(fmt::format("{}:{}", name, number),
                                   fmt::format("two operands from 0 to {}, with a blank between them", modulus - 1),
                                   base::quoted(line));
        if (split.train_[a * modulus + b])
            throw base::InputError(fmt::format("{}:{}", name, number), "each pair once", base::quoted(line));
        split.train_[a * modulus + b] = true, ++split.count_;
    }
    if (split.count_ == 0 || split.count_ == split.size())
        throw base::InputError(name, fmt::format("some of the {} pairs, but not all", split.size()),
                               fmt::format("{}", split.count_));
    return split;
}

}  // namespace attest::progress
