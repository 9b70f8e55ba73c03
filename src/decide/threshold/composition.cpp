// How a word is cut so that its heads need short peelings: all of one length, but where the word is shorter.

#include "decide/threshold/composition.hpp"

#include <algorithm>
#include <array>

#include "decide/threshold/every_change.hpp"
#include "decide/threshold/peeling_search.hpp"

namespace attest::threshold {

namespace {

/// What a search is worth, by heads.
struct Effort {
    std::int64_t longest;  ///< that was found
    std::uint64_t circular_steps, steps;
};
constexpr std::array<Effort, 4> efforts{
    {{7, 5'000, 1'000'000}, {9, 20'000, 50'000}, {12, 20'000, 20'000}, {14, 10'000, 5'000}}};
// Numbers that stand for what was seen make a search blind to small steps.
constexpr std::array<Effort, 4> bounded_efforts{
    {{4, 5'000, 1'000'000}, {5, 20'000, 100'000}, {5, 20'000, 50'000}, {5, 10'000, 5'000}}};
constexpr std::uint64_t runs_of_a_peeling = 6;  ///< of each shape

std::size_t helping_heads(const NetworkClass& c) {
    return std::min<std::size_t>(efforts.size(), static_cast<std::size_t>(c.heads));
}

const Effort& effort(const NetworkClass& c) {
    return (c.activations ? bounded_efforts : efforts)[helping_heads(c) - 1];
}

std::int64_t asked_symbols(const Specification& s) { return s.length - (s.network.read == Reading::last ? 1 : 0); }

/// H + d ((H+1)^(L−1) − 1), or more symbols than are asked for.
std::int64_t most_symbols(const Specification& s, std::int64_t leaders) {
    std::int64_t most = s.network.heads, block = leaders;
    for (std::int64_t l = 2; l <= s.network.layers && most < asked_symbols(s); ++l, block *= s.network.heads + 1)
        most += s.network.heads * block;
    return most;
}

/// Blocks of groups with so many leaders, the first layers first.
Composition cut_for_heads(const Specification& s, std::int64_t leaders) {
    Composition parts;
    parts.first = std::min(s.network.heads, asked_symbols(s));
    std::int64_t rest = asked_symbols(s) - parts.first, most = leaders;
    for (std::int64_t l = 2; l <= s.network.layers && rest > 0; ++l, most *= s.network.heads + 1)
        for (std::int64_t h = 0; h < s.network.heads && rest > 0; ++h) {
            std::int64_t symbols = std::min(rest, most);
            rest -= symbols;
            if (symbols == 1) {  // no search is for one symbol
                ++symbols;
                --parts.first;
            }
            parts.blocks.push_back({l, symbols, std::min(leaders, symbols)});
        }
    return parts;
}

}  // namespace

std::int64_t longest_peeling(const NetworkClass& network) { return effort(network).longest; }

const network::Guhat* find_peeling(const Specification& specification, std::int64_t symbols, Library& library,
                                   std::uint64_t seed, const base::Limits& limits) {
    Specification s = specification;
    s.network.layers = 2;
    s.network.heads = static_cast<std::int64_t>(helping_heads(s.network));
    s.network.read = Reading::end;
    s.length = symbols;
    if (symbols > longest_peeling(s.network) || !may_peel(s)) return nullptr;
    const auto [at, fresh] = library.peelings(s).try_emplace({s.network.heads, symbols});
    for (const PeelingShape shape : {PeelingShape::circular, PeelingShape::any}) {
        const std::uint64_t steps =
            shape == PeelingShape::circular ? effort(s.network).circular_steps : effort(s.network).steps;
        for (std::uint64_t run = 0; fresh && !at->second && run < runs_of_a_peeling && !limits.exceeded(); ++run)
            at->second = peel(s, shape, seed + run, steps, limits);
    }
    return at->second ? &*at->second : nullptr;
}

bool may_compose(const Specification& s, const base::Limits& limits) {
    const NetworkClass& c = s.network;
    return c.layers >= 2 && c.strict_orders() && c.mask == Mask::none && asked_symbols(s) > c.heads &&
           most_symbols(s, longest_peeling(c)) >= asked_symbols(s) && every_change_counts(s.language, s.length, limits);
}

std::optional<Composition> compose(const Specification& s, Library& library, std::uint64_t seed,
                                   const base::Limits& limits) {
    if (!may_compose(s, limits)) return std::nullopt;
    std::int64_t leaders = 2;
    while (most_symbols(s, leaders) < asked_symbols(s)) ++leaders;
    Composition parts = cut_for_heads(s, leaders);
    for (const PeeledBlock& block : parts.blocks) {
        if (parts.peelings.contains(block.leaders)) continue;
        const network::Guhat* peeling = find_peeling(s, block.leaders, library, seed, limits);
        if (!peeling) return std::nullopt;
        parts.peelings.emplace(block.leaders, *peeling);
    }
    return parts;
}

}  // namespace attest::threshold
