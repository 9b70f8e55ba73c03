#include "attest/compile/inputs.hpp"

#include <string>

namespace attest::compile {

double Inputs::bytes(const language::Alphabet& alphabet, std::int64_t length) {
    constexpr double name_and_node = 64;
    return static_cast<double>(length) * static_cast<double>(alphabet.size()) * name_and_node;
}

Inputs::Inputs(circuit::Builder& builder, const language::Alphabet& alphabet, std::int64_t length)
    : length_(length), symbols_(alphabet.size()) {
    for (std::int64_t i = 1; i <= length; ++i) {
        const std::string name = "x" + std::to_string(i);
        if (symbols_ == 2) builder.add_input(name);
        if (symbols_ > 2)
            for (const std::string& symbol : alphabet.symbols()) builder.add_input(name + "=" + symbol);
    }
}

circuit::Literal Inputs::present(std::int64_t i, language::Symbol symbol) const {
    if (symbols_ == 1) return circuit::top;
    if (symbols_ == 2) return circuit::Literal(static_cast<circuit::Node>(i), symbol == 0);
    return circuit::Literal(static_cast<circuit::Node>((i - 1) * static_cast<std::int64_t>(symbols_) + symbol + 1),
                            false);
}

circuit::Literal Inputs::exactly_one(circuit::Builder& builder) const {
    if (!one_hot()) return circuit::top;
    std::vector<circuit::Literal> all;
    for (std::int64_t i = 1; i <= length_; ++i) {
        std::vector<circuit::Literal> some;
        for (language::Symbol a = 0; a < symbols_; ++a) {
            some.push_back(present(i, a));
            for (language::Symbol b = 0; b < a; ++b)
                all.push_back(!builder.conjunction({present(i, b), present(i, a)}));
        }
        all.push_back(builder.disjunction(some));
    }
    return builder.conjunction(all);
}

language::Word Inputs::decode(const std::vector<bool>& assignment) const {
    language::Word word;
    for (std::int64_t i = 1; i <= length_; ++i) {
        language::Symbol symbol = 0;
        for (language::Symbol a = 1; a < symbols_; ++a) {
            const circuit::Literal l = present(i, a);
            if (assignment[l.node() - 1] != l.complemented()) symbol = a;
        }
        word.push_back(symbol);
    }
    return word;
}

}  // namespace attest::compile
