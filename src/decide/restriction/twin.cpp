#include "twin.hpp"

#include "attest/base/error.hpp"
#include "circuit/simulate.hpp"

namespace attest::restriction {

using circuit::Literal;

Twin::Twin(const Function& function, std::uint64_t seed, const base::Limits& limits)
    : function_(function), words_(function, limits) {
    const Restriction all = Restriction::all_free(function.length());
    const Literal one = words_.copy(0, all, {function.accept})[0], other = words_.copy(1, all, {function.accept})[0];
    differ_ = words_.builder().exclusive_or(one, other);
    words_.load(seed);
}

/// Both words have the symbols that the restriction fixes.
std::vector<std::int32_t> Twin::agreeing(const Restriction& restriction) const {
    std::vector<std::int32_t> assumptions;
    for (std::size_t i = 0; i < restriction.length(); ++i)
        if (restriction.fixed[i])
            for (std::size_t word = 0; word < 2; ++word)
                assumptions.push_back(words_.present(word, i, *restriction.fixed[i]));
    return assumptions;
}

std::optional<Words> Twin::find_difference(const Restriction& restriction, const std::vector<bool>& tied) {
    std::vector<std::int32_t> assumptions = agreeing(restriction);
    for (std::size_t i = 0; i < tied.size(); ++i)
        if (tied[i]) assumptions.push_back(words_.equal(i));
    assumptions.push_back(words_.literal(differ_));
    if (!words_.satisfiable(assumptions)) return std::nullopt;
    Words found{words_.word(0), words_.word(1)};
    if (accepts(found.first) == accepts(found.second))
        throw base::InternalError(
            "the solver's two words are answered alike when they are evaluated: please report this");
    return found;
}

bool Twin::always_differ(const Restriction& restriction, std::size_t position, language::Symbol a, language::Symbol b) {
    std::vector<std::int32_t> assumptions = agreeing(restriction);
    for (std::size_t i = 0; i < restriction.length(); ++i)
        if (i != position && !restriction.fixed[i]) assumptions.push_back(words_.equal(i));
    assumptions.push_back(words_.present(0, position, a));
    assumptions.push_back(words_.present(1, position, b));
    assumptions.push_back(-words_.literal(differ_));
    return !words_.satisfiable(assumptions);
}

bool Twin::accepts(const language::Word& word) const {
    std::vector<bool> inputs;
    for (const Literal l : function_.restricted_inputs(Restriction::only(word))) inputs.push_back(l == circuit::top);
    return circuit::evaluate(function_.circuit, function_.accept, inputs);
}

Flip single_flip(const Twin& twin, const Words& words) {
    language::Word word = words.first;
    const bool answer = twin.accepts(word);
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == words.second[i]) continue;
        language::Word next = word;
        next[i] = words.second[i];
        if (twin.accepts(next) != answer) return {word, i, next[i]};
        word = std::move(next);
    }
    throw base::InternalError("two words that are answered differently have no step between them that is");
}

}  // namespace attest::restriction
