#include "chain.hpp"

#include <algorithm>
#include <map>

namespace attest::induction {

using language::Symbol;

namespace {

constexpr std::size_t most_nodes = 4096, most_moves = 100'000;
/// Moves through a register that are followed, in all rounds: some seconds. Bytes of all that is kept, about.
constexpr std::size_t most_followed = 10'000'000, most_chain_bytes = std::size_t{256} << 20;
constexpr std::size_t bytes_of_a_node = 64;  ///< of a set or map, besides what is in it

/// What a node is: what each letter's value is at the boundary that is reached, and the end's, where they go so far.
struct Signature {
    std::vector<std::size_t> letters, ends;  ///< by letter; of the end, if there is one
    std::vector<std::size_t> held;           ///< entries of the layer's registers that were read already
    auto operator<=>(const Signature&) const = default;
};

/// What a value becomes where the layer's registers hold these entries.
std::size_t above(const StepCircuit::Flow& flow, const std::vector<std::size_t>& held) {
    std::vector<std::size_t> finds;
    for (std::size_t h = 0; h < flow.find_of_entry.size(); ++h)
        finds.push_back(flow.find_of_entry[h][flow.registers[h] ? held[*flow.registers[h]] : 0]);
    return flow.results.at(finds);
}

void rise(const StepCircuit::Layer& layer, Signature& signature) {
    const auto up = [&](std::vector<std::size_t>& values, const std::vector<StepCircuit::Flow>& flows) {
        if (flows.empty()) values.clear();
        for (std::size_t& value : values) value = above(flows[value], signature.held);
    };
    up(signature.letters, layer.letters);
    up(signature.ends, layer.ends);
    signature.held.clear();
}

class Closing {
  public:
    Closing(const StepCircuit& step, const language::Dfa& automaton, const std::vector<Symbol>& meaning,
            const base::Limits& limits)
        : step_(step),
          automaton_(automaton),
          meaning_(meaning),
          limits_(limits),
          bytes_(std::min(most_chain_bytes, limits.memory_bytes / 2)),
          levels_(step.groups.size()) {}

    std::optional<Chain> run() {
        begin();
        do {
            grew_ = false;
            round();
            if (failed_ || limits_.exceeded()) return std::nullopt;
        } while (grew_);
        return told();
    }

  private:
    struct Level {
        std::map<std::pair<std::uint32_t, std::size_t>, std::uint32_t> pairs;  ///< of node and entry, the node after
        std::map<Signature, std::uint32_t> numbers;
        std::vector<Signature> nodes;
    };
    /// A letter on its way through a layer.
    struct Item {
        Chain::Move move;
        std::vector<std::size_t> held;
        auto operator<=>(const Item&) const = default;
    };

    /// Counts what is looked at; sees to the limits.
    void follow_one() {
        if (++followed_ > most_followed) failed_ = true;
        if (followed_ % 1024 == 0 && limits_.exceeded()) failed_ = true;
    }
    void keep(std::size_t numbers) {
        const std::size_t bytes = bytes_of_a_node + sizeof(std::size_t) * numbers;
        if (bytes > bytes_) failed_ = true;
        else bytes_ -= bytes;
    }

    Signature start(std::size_t phase) const {
        const std::size_t phases = step_.phases ? step_.phases->count : 1;
        Signature signature;
        for (std::size_t a = 0; a < step_.letters.size(); ++a)
            signature.letters.push_back(step_.letter_values[a * phases + phase]);
        if (!step_.end_values.empty()) signature.ends.push_back(step_.end_values[phase]);
        if (!step_.phases) rise_freely(0, signature);
        return signature;
    }

    /// Through layers without registers.
    void rise_freely(std::size_t l, Signature& signature) const {
        for (; l < step_.layers.size() && step_.layers[l].registers.empty(); ++l) rise(step_.layers[l], signature);
    }

    const Signature& node(std::size_t group, std::uint32_t number) {
        if (group == 0 && root_.letters.empty() && root_.ends.empty()) root_ = start(0);
        return group == 0 ? root_ : levels_[group - 1].nodes[number];
    }

    /// The node after a pair, which is new where it was not known.
    ///
    /// l, r  the register's layer and number there; the phases: none
    std::uint32_t follow(std::size_t group, std::uint32_t from, std::size_t entry, std::size_t l, std::size_t r) {
        Level& level = levels_[group];
        const auto found = level.pairs.find({from, entry});
        if (found != level.pairs.end()) return found->second;
        grew_ = true;
        Signature signature;
        if (step_.phases && group == 0) {
            signature = start(entry);
            rise_freely(0, signature);
        } else {
            signature = node(group, from);
            signature.held.push_back(entry);
            if (r + 1 == step_.layers[l].registers.size()) {
                rise(step_.layers[l], signature);
                rise_freely(l + 1, signature);
            }
        }
        const auto [at, is_new] = level.numbers.try_emplace(signature, static_cast<std::uint32_t>(level.nodes.size()));
        if (is_new) {
            keep(4 + 2 * (signature.letters.size() + signature.ends.size() + signature.held.size()));
            level.nodes.push_back(std::move(signature));
        }
        keep(4);
        failed_ |= level.nodes.size() > most_nodes;
        level.pairs.emplace(std::pair(from, entry), at->second);
        return at->second;
    }

    template <typename Use>
    void for_registers(const Use& use) {
        std::size_t group = step_.phases ? 1 : 0;
        for (std::size_t l = 0; l < step_.layers.size(); ++l)
            for (std::size_t r = 0; r < step_.layers[l].registers.size(); ++r) use(group++, l, r);
    }

    /// What there is before the first letter.
    void begin() {
        const auto entry_of = [&](std::size_t group) {
            const LatchGroup& g = step_.groups[group];
            std::size_t entry = 0;
            while (entry < g.count && !step_.initial[g.first + entry]) ++entry;
            return entry;
        };
        std::uint32_t at = step_.phases ? follow(0, 0, entry_of(0), 0, 0) : 0;
        for_registers(
            [&](std::size_t group, std::size_t l, std::size_t r) { at = follow(group, at, entry_of(group), l, r); });
        states_[at].insert(automaton_.start);
    }

    /// All letters from all that may be.
    void round() {
        std::set<Item> items;
        moves_.assign(1, {});
        kept_moves_ = 0;
        const std::size_t phases = step_.phases ? step_.phases->count : 1;
        for (std::size_t a = 0; a < step_.letters.size(); ++a)
            for (std::size_t f = 0; f < phases; ++f) {
                Chain::Move move{a, step_.letter_values[a * phases + f], 0, 0};
                if (step_.phases) {
                    if (!levels_[0].pairs.contains({0, f})) continue;
                    move.before = follow(0, 0, f, 0, 0);
                    move.after = follow(0, 0, step_.phase_after[f], 0, 0);
                }
                items.insert({move, {}});
                moves_[0].insert(move);
            }
        std::size_t group = step_.phases ? 1 : 0;
        for (std::size_t l = 0; l < step_.layers.size() && !failed_; ++l) {
            for (std::size_t r = 0; r < step_.layers[l].registers.size() && !failed_; ++r)
                items = through(items, group++, l, r);
            items = finished(items, l);
        }
        for (const Item& item : items)
            for (const std::uint32_t q : std::set<std::uint32_t>(states_[item.move.before])) {
                follow_one();
                if (failed_) return;
                if (!states_[item.move.after].insert(automaton_.transition[q][meaning_[item.move.letter]]).second)
                    continue;
                grew_ = true;
                keep(1);
            }
    }

    /// One register: what it may hold, and what it holds after the letter.
    std::set<Item> through(const std::set<Item>& items, std::size_t group, std::size_t l, std::size_t r) {
        const StepCircuit::Register& reg = step_.layers[l].registers[r];
        std::set<Item> result;
        for (const Item& item : items) {
            const std::size_t comes = reg.kind_of_value[item.move.value];
            for (std::size_t entry = 0; entry <= reg.latches.count; ++entry) {
                follow_one();
                const auto before = levels_[group].pairs.find({item.move.before, entry});
                if (before == levels_[group].pairs.end()) continue;
                const bool stays = entry < reg.latches.count && entry != comes && reg.stays[entry][comes];
                Item next = item;
                next.move.before = before->second;
                next.move.after = follow(group, item.move.after, stays ? entry : comes, l, r);
                next.held.push_back(entry);
                result.insert(std::move(next));
            }
            failed_ |= result.size() > most_moves || result.size() * (bytes_of_a_node + sizeof(Item)) > bytes_;
            if (failed_) break;
        }
        return result;
    }

    /// The rest of a layer: the values above.
    std::set<Item> finished(const std::set<Item>& items, std::size_t l) {
        const auto& flows = step_.layers[l].letters;
        std::set<Item> result;
        if (!flows.empty()) moves_.emplace_back();
        for (const Item& item : items) {
            Item next{item.move, {}};
            if (!flows.empty()) {
                next.move.value = above(flows[item.move.value], item.held);
                moves_.back().insert(next.move);
                if (++kept_moves_ * (bytes_of_a_node + sizeof(Chain::Move)) > bytes_) failed_ = true;
            }
            result.insert(std::move(next));
        }
        return result;
    }

    Chain told() {
        Chain chain;
        for (std::size_t g = 0; g < levels_.size(); ++g) {
            Chain::Level& level = chain.levels.emplace_back();
            level.group = g;
            level.nodes = levels_[g].nodes.size();
            for (const auto& [pair, to] : levels_[g].pairs) level.pairs.push_back({pair.first, pair.second, to});
        }
        chain.moves = std::move(moves_);
        chain.states.resize(levels_.empty() ? 1 : levels_.back().nodes.size());
        for (const auto& [at, states] : states_) chain.states[at].assign(states.begin(), states.end());
        return chain;
    }

    const StepCircuit& step_;
    const language::Dfa& automaton_;
    const std::vector<Symbol>& meaning_;
    const base::Limits& limits_;
    std::size_t followed_ = 0, bytes_;  ///< done; left
    Signature root_;
    std::vector<Level> levels_;  ///< by group
    std::map<std::uint32_t, std::set<std::uint32_t>> states_;
    std::vector<std::set<Chain::Move>> moves_;
    std::size_t kept_moves_ = 0;  ///< in this round
    bool grew_ = false, failed_ = false;
};

}  // namespace

bool Chain::decodes() const {
    return std::all_of(states.begin(), states.end(), [](const auto& some) { return some.size() == 1; });
}

std::optional<Chain> closed_chain(const StepCircuit& step, const language::Dfa& automaton,
                                  const std::vector<Symbol>& meaning, const base::Limits& limits) {
    return Closing(step, automaton, meaning, limits).run();
}

}  // namespace attest::induction
