#include "attest/network/program.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::network {

std::string text_of(const Program::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return exact::to_string(std::get<exact::Rational>(value));
}

std::int64_t Program::sequence_length(std::int64_t length) const {
    if (lengths && (length < lengths->first || length > lengths->second))
        throw base::InputError(
            base::printable(name) + ":lengths",
            fmt::format("words of {} to {} symbols, for which the program is made", lengths->first, lengths->second),
            fmt::format("{}", length));
    const std::int64_t n = length + (begin ? 1 : 0) + (end ? 1 : 0);
    if (n == 0)
        throw base::InputError(base::printable(name), "a sequence of at least one position",
                               "the empty word, without begin and end");
    return n;
}

std::vector<std::size_t> Program::read_positions(std::int64_t length) const {
    const auto n = static_cast<std::size_t>(sequence_length(length));
    if (!output.every) return {n - 1};
    std::vector<std::size_t> read(static_cast<std::size_t>(length));
    for (std::size_t i = 0; i < read.size(); ++i) read[i] = i + (begin ? 1 : 0);
    return read;
}

std::vector<std::string> Program::sequence(const language::Word& word) const {
    std::vector<std::string> symbols;
    if (begin) symbols.push_back(*begin);
    for (const language::Symbol a : word) symbols.push_back(alphabet.symbol(a));
    if (end) symbols.push_back(*end);
    return symbols;
}

void require_decisions(const Program& program, std::int64_t length) {
    if (program.output.accept.empty())
        throw base::Unsupported(fmt::format("{}: it gives answers, none of which accepts a word (output.accept)",
                                            base::printable(program.name)));
    if (program.read_positions(length).empty())
        throw base::InputError(base::printable(program.name) + ":output.positions", "a position that is read",
                               "none in the empty word");
}

bool accepts(const Program& program, const std::vector<std::string>& answers) {
    const std::vector<std::string>& accept = program.output.accept;
    return std::find(accept.begin(), accept.end(), answers.back()) != accept.end();
}

}  // namespace attest::network
