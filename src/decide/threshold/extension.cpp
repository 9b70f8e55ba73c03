// Which pieces a network is grafted from. Whether the answers on blocks decide the word's is tried on the language before
// any network is looked for: it holds for sums modulo 2, and for little else.

#include "attest/decide/threshold/extension.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "decide/threshold/composition.hpp"
#include "decide/threshold/construction.hpp"
#include "graft.hpp"

namespace attest::threshold {

Library::Class Library::class_of(const Specification& s) {
    const NetworkClass& c = s.network;
    const std::int64_t activations = c.layers == 1 ? 0 : c.activations.value_or(0);  // one layer has none
    return {s.language.name(), c.layers, c.heads, activations, c.read, c.mask, c.key_dimension_one};
}

void Library::add(const Specification& s, const network::Guhat& network) {
    if (s.network.positions_visible) networks_.try_emplace({class_of(s), s.length}, network);
}

const network::Guhat* Library::find(const Specification& s) const {
    const auto at = networks_.find({class_of(s), s.length});
    return at == networks_.end() ? nullptr : &at->second;
}

void Library::give_up(const Specification& s) {
    const auto [place, fresh] = shortest_failure_.try_emplace(class_of(s), s.length);
    place->second = std::min(place->second, s.length);
}

bool Library::gave_up(const Specification& s) const {
    const auto at = shortest_failure_.find(class_of(s));
    return at != shortest_failure_.end() && s.length >= at->second;
}

Library::Peelings& Library::peelings(const Specification& s) {
    return peelings_[{s.language.name(), s.network.activations.value_or(0)}];
}

namespace {

std::vector<std::int64_t> range(std::int64_t from, std::int64_t count) {
    std::vector<std::int64_t> positions(static_cast<std::size_t>(count));
    std::iota(positions.begin(), positions.end(), from);
    return positions;
}

/// How many symbols the reader's block has, and those of the helpers.
struct Blocks {
    std::int64_t readers = 0;
    std::vector<std::int64_t> helpers;

    bool operator==(const Blocks&) const = default;
};

/// All words but the reader's block go to `helpers` blocks of at most `most` symbols, as even as can be.
Blocks cut(std::int64_t length, std::int64_t helpers, std::int64_t most) {
    Blocks blocks;
    std::int64_t rest = std::min(length - 1, helpers * most);
    blocks.readers = length - rest;
    for (std::int64_t k = std::min(helpers, rest); k > 0; --k) {
        blocks.helpers.push_back((rest + k - 1) / k);
        rest -= blocks.helpers.back();
    }
    return blocks;
}

class Extender {
  public:
    using Search = std::function<std::optional<network::Guhat>(const Specification&)>;
    Extender(Library& library, const Search& search_shortly, std::uint64_t seed, const base::Limits& limits)
        : library_(library), search_shortly_(search_shortly), seed_(seed), limits_(limits) {}

    std::optional<Extension> extend(const Specification& s) {
        if (!s.network.positions_visible || s.network.layers < 2 || s.length < 2) return std::nullopt;
        if (auto padded = pad(s)) return padded;
        if (!s.network.strict_orders() || s.network.mask != Mask::none) return std::nullopt;
        if (auto built = by_peelings(s)) return built;  // quicker than to look for what fits in blocks
        if (auto built = by_blocks(s, s.network.layers - 1, s.network.heads)) return built;
        for (std::int64_t others = 1; others < s.network.heads; ++others)
            if (auto built = by_blocks(s, s.network.layers, others)) return built;
        return by_own_symbol(s);
    }

  private:
    static Specification with(Specification s, std::int64_t layers, std::int64_t heads, std::int64_t length,
                              Reading read) {
        s.network.layers = layers;
        s.network.heads = heads;
        s.network.read = read;
        s.length = length;
        return s;
    }

    // A network of a smaller class.

    std::optional<Extension> pad(const Specification& s) const {
        const NetworkClass& c = s.network;
        const network::Guhat* smaller = nullptr;
        const auto look = [&](std::int64_t layers, std::int64_t heads, std::optional<std::int64_t> activations) {
            if (smaller || layers < 1 || heads < 1) return;
            Specification asked = with(s, layers, heads, s.length, c.read);
            asked.network.activations = activations;
            smaller = library_.find(asked);
        };
        look(c.layers, c.heads - 1, c.activations);
        look(c.layers - 1, c.heads, c.activations);
        for (std::int64_t a = c.activations.value_or(most_activations + 1) - 1; a >= 2; --a) look(c.layers, c.heads, a);
        if (!smaller) return std::nullopt;
        return built(graft(s, {smaller, range(1, smaller->positions())}, {}, {}, limits_),
                     "a network of a smaller class");
    }

    // A network that reads at an end symbol, with a last symbol in its place.

    std::optional<Extension> by_own_symbol(const Specification& s) {
        const auto symbols = static_cast<std::int64_t>(s.language.alphabet().size());
        if (s.network.read == Reading::end) return std::nullopt;
        Specification shorter = with(s, s.network.layers, s.network.heads, s.length - 1, Reading::end);
        if (shorter.network.activations) *shorter.network.activations /= symbols;
        if (shorter.network.activations.value_or(2) < 2 || hopeless(shorter) || !decided_by_last(s))
            return std::nullopt;
        const auto network = find(shorter);
        if (!network) return std::nullopt;
        return built(graft(s, {&*network, range(1, s.length)}, {}, {}, limits_),
                     fmt::format("a network for {} symbols whose reader has one, too", s.length - 1));
    }

    static bool decided_by_last(const Specification& s) {
        if (!s.language.defined_at(static_cast<std::uint64_t>(s.length - 1))) return false;
        std::map<std::pair<bool, language::Symbol>, bool> answers;
        for (const Sample& sample : samples(s)) {
            const bool shorter = s.language.contains(language::Word(sample.word.begin(), sample.word.end() - 1));
            if (answers.try_emplace({shorter, sample.word.back()}, sample.accepted).first->second != sample.accepted)
                return false;
        }
        return true;
    }

    static std::optional<Extension> built(std::optional<network::Guhat> network, std::string how) {
        if (!network) return std::nullopt;
        return Extension{std::move(*network), std::move(how)};
    }

    // Blocks.

    /// The reader has all heads in so many layers, or in all layers all heads but `helpers`.
    std::optional<Extension> by_blocks(const Specification& s, std::int64_t layers, std::int64_t helpers) {
        const std::int64_t even = (s.length + helpers) / (helpers + 1);
        std::vector<std::int64_t> order = range(even, s.length - even);
        for (std::int64_t most = even - 1; most >= 1; --most) order.push_back(most);
        Blocks before;
        for (const std::int64_t most : order) {
            const Blocks blocks = cut(s.length, helpers, most);
            if (blocks == before || limits_.exceeded()) continue;
            before = blocks;
            if (auto built = by_blocks(s, layers, helpers, blocks)) return built;
        }
        return std::nullopt;
    }

    std::optional<Extension> by_blocks(const Specification& s, std::int64_t layers, std::int64_t helpers,
                                       const Blocks& blocks) {
        const std::int64_t before = s.network.layers - 1,
                           heads = layers == before ? s.network.heads : s.network.heads - helpers;
        std::vector<Specification> parts{with(s, layers, heads, blocks.readers, s.network.read)};
        for (const std::int64_t length : blocks.helpers)
            parts.push_back(with(s, before, s.network.heads, length, Reading::last));
        if (std::any_of(parts.begin(), parts.end(), [&](const Specification& p) { return hopeless(p); }) ||
            !decided_by(s, blocks))
            return std::nullopt;
        std::vector<network::Guhat> networks;
        for (const Specification& part : parts) {
            auto network = find(part);
            if (!network) return std::nullopt;
            networks.push_back(std::move(*network));
        }
        // The reader's block stands first, but for the reading position.
        const std::int64_t first = s.network.read == Reading::end ? blocks.readers : blocks.readers - 1;
        Piece own{&networks[0], range(1, first)};
        own.positions.push_back(s.length + (s.network.read == Reading::end ? 1 : 0));
        std::vector<Piece> others;
        for (std::size_t t = 1; t < networks.size(); ++t) {
            const std::int64_t from = t == 1 ? first + 1 : others.back().reader() + 1;
            others.push_back({&networks[t], range(from, networks[t].length)});
        }
        return built(graft(s, own, others, {}, limits_),
                     fmt::format("blocks of {} and {} symbols", blocks.readers, fmt::join(blocks.helpers, " and ")));
    }

    // Peelings.

    /// A block for each head of the last layer, and one for all the layers before.
    std::optional<Extension> by_peelings(const Specification& s) {
        // One layer and one head more than what annealing finds by itself.
        if (s.network.read != Reading::end || s.language.alphabet().size() != 2 || s.network.layers > 3 ||
            (s.network.layers == 2 && s.network.heads == 1))
            return std::nullopt;
        // The longest peelings take the longest search.
        const std::int64_t longest = longest_peeling(s.network), heads = s.network.heads;
        for (const std::int64_t most : {longest - 1, longest}) {
            const std::int64_t own =
                std::max(s.length - heads * most * added_in_a_group(s), std::min(heads, s.length - heads));
            const Specification before = with(s, s.network.layers - 1, heads, own, Reading::end);
            if (own < 1 || own > longest + 1 || hopeless(before)) continue;
            Blocks blocks{own, {}};
            for (std::int64_t h = 0; h < heads; ++h) blocks.helpers.push_back((s.length - own + h) / heads);
            if (!decided_by(s, blocks)) continue;
            const auto network = find(before);
            if (limits_.exceeded()) return std::nullopt;
            if (!network) continue;
            if (auto built = by_peelings(s, *network, blocks.helpers)) return built;
        }
        return std::nullopt;
    }

    /// Symbols whose sum the first of three layers makes.
    static std::int64_t added_in_a_group(const Specification& s) {
        return s.network.layers == 2 ? 1 : s.network.heads + 1;
    }

    std::optional<Extension> by_peelings(const Specification& s, const network::Guhat& own,
                                         const std::vector<std::int64_t>& lengths) {
        const std::int64_t added = added_in_a_group(s);
        Piece reader{&own, range(1, own.length)};
        reader.positions.push_back(s.length + 1);
        std::vector<Peeling> peelings;
        for (std::int64_t from = own.length + 1; const std::int64_t length : lengths) {
            Peeling& p = peelings.emplace_back();
            const std::int64_t groups = (length + added - 1) / added;
            for (std::int64_t g = 0; g < groups; ++g) {
                const std::int64_t size = (length + groups - 1 - g) / groups;
                p.groups.push_back(range(from, size));
                from += size;
            }
            if (s.network.layers == 3 && p.groups.back().size() == 1) return std::nullopt;
            p.network = find_peeling(s, groups, library_, seed_, limits_);
            if (!p.network) return std::nullopt;
        }
        return built(
            graft(s, reader, {}, peelings, limits_),
            fmt::format("a block of {} symbols, and for each head one of {}", own.length, fmt::join(lengths, " and ")));
    }

    /// Whether membership of the blocks decides that of the word.
    static bool decided_by(const Specification& s, const Blocks& blocks) {
        const auto defined = [&](std::int64_t length) {
            return s.language.defined_at(static_cast<std::uint64_t>(length));
        };
        if (!defined(blocks.readers) || !std::all_of(blocks.helpers.begin(), blocks.helpers.end(), defined))
            return false;
        const auto first =
            static_cast<std::ptrdiff_t>(s.network.read == Reading::end ? blocks.readers : blocks.readers - 1);
        std::map<std::vector<bool>, bool> answers;
        language::Word word(static_cast<std::size_t>(s.length), 0);
        do {
            language::Word own(word.begin(), word.begin() + first);
            if (s.network.read == Reading::last) own.push_back(word.back());
            std::vector<bool> parts{s.language.contains(own)};
            for (auto from = word.begin() + first; const std::int64_t length : blocks.helpers) {
                parts.push_back(s.language.contains(language::Word(from, from + static_cast<std::ptrdiff_t>(length))));
                from += static_cast<std::ptrdiff_t>(length);
            }
            const bool accepted = s.language.contains(word);
            if (answers.try_emplace(std::move(parts), accepted).first->second != accepted) return false;
        } while (language::next_word(word, s.language.alphabet()));
        return true;
    }

    /// Whether `find` has nothing to try. One layer sees a symbol a head: all that it can, where each symbol decides.
    bool hopeless(const Specification& s) const {
        if (library_.find(s)) return false;
        return s.network.layers == 1 ? s.length - (s.network.read == Reading::last ? 1 : 0) > s.network.heads
                                     : library_.gave_up(s);
    }

    /// A network for a block.
    std::optional<network::Guhat> find(const Specification& s) {
        if (const network::Guhat* known = library_.find(s)) return *known;
        if (hopeless(s) || limits_.exceeded()) return std::nullopt;
        if (s.network.layers == 1) return head_for_each_symbol(s);
        std::optional<network::Guhat> network;
        if (auto extended = extend(s)) network = std::move(extended->network);
        else network = search_shortly_(s);
        if (network) library_.add(s, *network);
        else library_.give_up(s);
        return network;
    }

    static constexpr std::int64_t most_activations = 8;  ///< of classes that are looked for

    Library& library_;
    const Search& search_shortly_;
    const std::uint64_t seed_;
    const base::Limits& limits_;
};

}  // namespace

std::optional<Extension> extend(
    const Specification& specification, Library& library,
    const std::function<std::optional<network::Guhat>(const Specification&)>& search_shortly, std::uint64_t seed,
    const base::Limits& limits) {
    return Extender(library, search_shortly, seed, limits).extend(specification);
}

}  // namespace attest::threshold
