#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "programs/guhat_constructions.hpp"

// Old positions 1 … N keep their tables: position 1 always holds one of its values, so a list that has run out falls
// back to it and never reaches the new positions N+1 … N+H, which no list names. The reader's tables of the last layer,
// alike for all that it could know, are given to all that it knows now.

namespace attest::programs {

namespace {

[[noreturn]] void refuse(const network::Guhat& g, const std::string& why) {
    throw base::Unsupported(fmt::format("{}: cannot be extended by its reader: {}", base::printable(g.name), why));
}

class Extension {
  public:
    explicit Extension(const network::Guhat& old) : old_(old), evaluator_(old) {
        if (old.layers != 2) refuse(old, "expected two layers");
        if (!old.end || old.alphabet.size() != 2) refuse(old, "expected two symbols and an end symbol");
        if (old.length < 1 || old.length > 22 || old.heads > 16)
            refuse(old, "expected 1 to 22 symbols and at most 16 heads");
        if (old.activations && *old.activations < 2) refuse(old, "expected activations that hold a bit");
        new_.name = old.name;
        new_.alphabet = old.alphabet;
        new_.end = old.end;
        new_.length = old.length + old.heads;
        new_.layers = 2;
        new_.heads = old.heads;
        new_.activations = old.activations;
    }

    network::Guhat build() {
        keep_first_layer();
        read_new_bits();
        keep_last_layer();
        return std::move(new_);
    }

  private:
    std::int64_t reader() const { return old_.positions(); }

    /// A value of a position of the word, among the new values.
    network::ValueId moved(network::ValueId value) {
        const network::Values& from = evaluator_.guhat().values;
        if (from.kind(value) == network::Values::Kind::symbol) return new_.values.symbol(from.number(value));
        if (from.kind(value) == network::Values::Kind::activation) return new_.values.activation(from.number(value));
        return new_.values.tuple(moved(from.own(value)), moved(from.attended(value)));
    }

    std::vector<network::Pair> moved(const std::vector<network::Pair>& pairs) {
        std::vector<network::Pair> result;
        for (const network::Pair& pair : pairs) {
            if (pair.position == reader()) refuse(old_, "a list names the end symbol");
            result.push_back({pair.position, moved(pair.value)});
        }
        return result;
    }

    void keep_first_layer() {
        for (const auto& [asking, prefer] : old_.attention)
            if (asking.layer == 1 && asking.position != reader())
                new_.attention[{1, asking.head, asking.position, moved(asking.value)}] = moved(prefer);
        for (const auto& [seen, becomes] : old_.activation) {
            if (seen.position == reader()) continue;
            const network::ValueId own = moved(old_.values.own(seen.tuple));
            new_.activation[{1, seen.position, new_.values.tuple(own, moved(old_.values.attended(seen.tuple)))}] =
                becomes;
        }
    }

    /// Head h of the reader looks at position N + h; what it knows then, with the sum of the bits.
    void read_new_bits() {
        const network::ValueId end = new_.values.symbol(new_.alphabet.size());
        for (std::int64_t h = 1; h <= old_.heads; ++h)
            new_.attention[{1, h, new_.positions(), end}] = {{old_.length + h, new_.values.symbol(0)},
                                                             {old_.length + h, new_.values.symbol(1)}};
        for (std::uint64_t bits = 0; bits < std::uint64_t{1} << old_.heads; ++bits) {
            std::vector<network::Pair> attended;
            std::uint64_t sum = 0;
            for (std::int64_t h = 1; h <= old_.heads; ++h) {
                const std::uint64_t bit = bits >> (h - 1) & 1;
                attended.push_back({old_.length + h, new_.values.symbol(bit)});
                sum ^= bit;
            }
            network::ValueId value = new_.values.tuple(end, attended);
            if (new_.activations) {
                if (sum != 0) new_.activation[{1, new_.positions(), value}] = 1;
                value = new_.values.activation(sum);
            }
            if (std::none_of(knows_.begin(), knows_.end(), [&](const auto& known) { return known.first == value; }))
                knows_.emplace_back(value, sum == 1);
        }
    }

    /// The lists of the reader, alike for each state that it had on some word; what they found, with the old bits' sum,
    /// is accepted where the new bits make the sum odd.
    void keep_last_layer() {
        std::set<network::ValueId> states;
        std::map<std::vector<network::Pair>, bool> found;
        language::Word word(static_cast<std::size_t>(old_.length), 0);
        do {
            network::GuhatTrace trace;
            const network::ValueId last = evaluator_.final_value(word, &trace);
            states.insert(*trace.held[1].back());
            const bool odd = std::count(word.begin(), word.end(), language::Symbol{1}) % 2 == 1;
            if (odd != old_.accept.contains(last)) refuse(old_, "it does not compute the sum modulo 2");
            const auto [entry, fresh] = found.try_emplace(evaluator_.guhat().values.attended(last), odd);
            if (!fresh && entry->second != odd) refuse(old_, "what its last layer attends to does not decide");
        } while (language::next_word(word, old_.alphabet));
        copy_lists(states);
        for (const auto& [pairs, odd] : found)
            for (const auto& [value, odd_too] : knows_)
                if (odd != odd_too) new_.accept.insert(new_.values.tuple(value, moved(pairs)));
    }

    void copy_lists(const std::set<network::ValueId>& states) {
        for (std::int64_t h = 1; h <= old_.heads; ++h) {
            std::optional<std::vector<network::Pair>> common;
            for (const network::ValueId state : states) {
                const auto entry = old_.attention.find({2, h, reader(), state});
                const std::vector<network::Pair> list =
                    entry == old_.attention.end() ? std::vector<network::Pair>() : entry->second;
                if (common && list != *common) refuse(old_, "its last layer asks in more than one way");
                common = list;
            }
            for (const auto& known : knows_) new_.attention[{2, h, new_.positions(), known.first}] = moved(*common);
        }
    }

    const network::Guhat& old_;
    network::GuhatEvaluator evaluator_;  // its values are the old ones and those that are met on words
    network::Guhat new_;
    std::vector<std::pair<network::ValueId, bool>> knows_;  // what the new reader knows, and whether its bits are odd
};

}  // namespace

network::Guhat extend_by_reader(const network::Guhat& guhat) { return Extension(guhat).build(); }

}  // namespace attest::programs
