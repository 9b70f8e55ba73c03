#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/network/guhat.hpp"
#include "base/text.hpp"

namespace attest::network {

GuhatEvaluator::GuhatEvaluator(Guhat guhat) : guhat_(std::move(guhat)) {}

std::int64_t GuhatEvaluator::attend(std::int64_t layer, std::int64_t head, std::int64_t position,
                                    const std::vector<ValueId>& held) const {
    const auto entry = guhat_.attention.find({layer, head, position, held[static_cast<std::size_t>(position - 1)]});
    if (entry != guhat_.attention.end())
        for (const Pair& wanted : entry->second)
            if (held[static_cast<std::size_t>(wanted.position - 1)] == wanted.value) return wanted.position;
    return 1;  // no listed pair is present: the first of the others by position
}

ValueId GuhatEvaluator::final_value(const language::Word& word, GuhatTrace* trace) {
    if (static_cast<std::int64_t>(word.size()) != guhat_.length)
        throw base::InputError(base::printable(guhat_.name),
                               fmt::format("words of {} symbols, the length of the tables", guhat_.length),
                               fmt::format("one of {}", word.size()));
    std::vector<ValueId> held;
    for (const language::Symbol s : word) held.push_back(guhat_.values.symbol(s));
    if (guhat_.end) held.push_back(guhat_.values.symbol(guhat_.alphabet.size()));
    const auto n = static_cast<std::int64_t>(held.size());
    if (trace != nullptr) *trace = {{{held.begin(), held.end()}}, {}};

    for (std::int64_t layer = 1; layer <= guhat_.layers; ++layer) {
        const std::vector<ValueId> before = held;
        const std::int64_t first = layer == guhat_.layers ? n : 1;
        std::vector<std::vector<std::int64_t>> looks(static_cast<std::size_t>(guhat_.heads),
                                                     std::vector<std::int64_t>(held.size(), 0));
        for (std::int64_t p = first; p <= n; ++p) {
            const auto at = static_cast<std::size_t>(p - 1);
            std::vector<Pair> attended;
            for (std::int64_t h = 1; h <= guhat_.heads; ++h) {
                const std::int64_t j = attend(layer, h, p, before);
                attended.push_back({j, before[static_cast<std::size_t>(j - 1)]});
                looks[static_cast<std::size_t>(h - 1)][at] = j;
            }
            held[at] = guhat_.values.tuple(before[at], attended);
            if (!guhat_.bounded(layer)) continue;
            const auto becomes = guhat_.activation.find({layer, p, held[at]});
            held[at] = guhat_.values.activation(
                static_cast<std::uint64_t>(becomes == guhat_.activation.end() ? 0 : becomes->second));
        }
        if (trace == nullptr) continue;
        trace->attended.push_back(std::move(looks));
        trace->held.emplace_back(held.begin(), held.end());
        for (std::int64_t p = 1; p < first; ++p) trace->held.back()[static_cast<std::size_t>(p - 1)].reset();
    }
    return held.back();
}

bool GuhatEvaluator::accepts(const language::Word& word, GuhatTrace* trace) {
    return guhat_.accept.contains(final_value(word, trace));
}

}  // namespace attest::network
