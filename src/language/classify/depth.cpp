#include "language/classify/depth.hpp"

#include <bit>
#include <set>

#include "language/classify/cascade.hpp"
#include "registers.hpp"

// Lower bounds. Two states that words lead to which k layers take for one (layers.cpp) are told apart by none of them: so a
// set of accepting states that splits such a pair, after one more letter, needs more than k layers; and if all of what k
// layers can tell was gone through and no pair is split, k are enough.
//
// Upper bounds. The cascade needs a layer a level. The first levels can be left out if what k layers may know tells what
// these levels tell: then k layers and the other levels are enough.

namespace attest::classify {

namespace {

using language::Symbol;

/// Levels of a cascade, one letter after the other.
class Narrowing {
  public:
    using Tiles = std::vector<std::uint32_t>;  ///< by level − 1
    struct Known {
        Cascade::Set before, after;
        auto operator<=>(const Known&) const = default;
    };

    Narrowing(const Table& table, std::uint64_t modulus) : cascade_(table, modulus) {}

    Tiles start() const { return cascade_.initial(); }
    std::size_t height() const { return cascade_.height(); }

    /// What is known before each level, from the highest down, and of all; the tiles after the letter.
    std::vector<Known> read(Tiles& tiles, std::uint64_t count, Symbol a) const {
        Known known{cascade_.root(count), cascade_.root(count + 1)};
        std::vector<Known> all;
        for (std::size_t level = cascade_.height(); level > 0; --level) {
            all.push_back(known);
            const std::uint32_t old = tiles[level - 1];
            const std::uint32_t now = cascade_.reset(level, a, known.before, known.after).value_or(old);
            known = {tile(known.before, level, old), tile(known.after, level, now)};
            tiles[level - 1] = now;
        }
        all.push_back(known);
        return all;
    }

  private:
    Cascade::Set tile(Cascade::Set set, std::size_t level, std::uint32_t number) const {
        return cascade_.sets()[set].height == level ? cascade_.sets()[set].tiles[number] : set;
    }

    Cascade cascade_;
};

/// Cascade and registers of k layers together, breadth first.
class Graft {
  public:
    Graft(const Table& table, std::uint64_t modulus, std::size_t layers)
        : table_(table),
          network_{Ties::right, modulus, false},
          registers_(network_, layers),
          narrowing_(table, modulus) {
        told_.resize(narrowing_.height() + 1);
        tells_.assign(narrowing_.height() + 1, true);
        used_.assign(narrowing_.height(), false);
    }

    bool run(std::size_t most) {
        visit({registers_.start(), 0, narrowing_.start()});
        for (std::size_t k = 0; k < nodes_.size(); ++k) {
            if (nodes_.size() > most) return false;
            for (Symbol a = 0; a < table_.letters; ++a) read(*nodes_[k], a);
        }
        return true;
    }

    /// The levels that are still needed, of those that are ever set to another tile than at first.
    std::size_t needed() const {
        std::size_t best = used(0);
        for (std::size_t above = 1; above < tells_.size(); ++above)
            if (tells_[above]) best = std::min(best, used(above));
        return best;
    }

  private:
    using Node = std::tuple<std::uint32_t, std::uint64_t, Narrowing::Tiles>;

    void visit(Node node) {
        const auto [at, is_new] = seen_.insert(std::move(node));
        if (is_new) nodes_.push_back(&*at);
    }

    void read(const Node& node, Symbol a) {
        const auto& [registers, count, before] = node;
        Narrowing::Tiles tiles = before;
        const std::vector<Narrowing::Known> known = narrowing_.read(tiles, count, a);
        for (std::size_t level = 0; level < tiles.size(); ++level)
            if (tiles[level] != narrowing_.start()[level]) used_[level] = true;
        for (std::size_t above = 0; above < known.size(); ++above)
            if (told_[above].try_emplace({registers, a}, known[above]).first->second != known[above])
                tells_[above] = false;
        visit({registers_.step(registers, a), (count + 1) % network_.modulus, std::move(tiles)});
    }

    /// Used levels below so many of the highest.
    std::size_t used(std::size_t above) const {
        std::size_t count = 0;
        for (std::size_t level = 0; level + above < used_.size(); ++level) count += used_[level] ? 1 : 0;
        return count;
    }

    const Table& table_;
    LayerClass network_;
    Registers registers_;
    Narrowing narrowing_;
    std::set<Node> seen_;
    std::vector<const Node*> nodes_;
    std::vector<std::map<std::pair<std::uint32_t, Symbol>, Narrowing::Known>> told_;  ///< by levels left out
    std::vector<bool> tells_, used_;
};

}  // namespace

std::optional<std::size_t> grafted_layers(const Table& table, std::uint64_t modulus, std::size_t layers,
                                          std::size_t most) {
    Graft graft(table, modulus, layers);
    if (!graft.run(most)) return std::nullopt;
    return layers + graft.needed();
}

Depths::Depths(const Table& table, std::uint64_t modulus, std::size_t most) : table_(table), modulus_(modulus) {
    enough_ = grafted_layers(table, modulus, 0, most).value_or(SIZE_MAX);
    for (std::size_t k = 0; k < enough_; ++k) {
        levels_.push_back(merged(k, most));
        if (!levels_.back().is_closed) break;
        if (k > 0) enough_ = std::min(enough_, grafted_layers(table, modulus, k, most).value_or(enough_));
    }
}

Depths::Level Depths::merged(std::size_t layers, std::size_t most) const {
    const LayerClass network{Ties::right, modulus_, false};
    Registers registers(network, layers);
    std::vector<std::pair<std::uint32_t, State>> nodes{{registers.start(), 0}};
    std::set<std::pair<std::uint32_t, State>> seen{nodes.front()};
    std::map<std::uint32_t, std::uint32_t> states;  // with these registers, as bits
    std::size_t k = 0;
    for (; k < nodes.size() && nodes.size() <= most; ++k) {
        const auto [at, q] = nodes[k];
        states[at] |= 1U << q;
        for (Symbol a = 0; a < table_.letters; ++a)
            if (const std::pair next(registers.step(at, a), table_.at(q, a)); seen.insert(next).second)
                nodes.push_back(next);
    }
    std::set<std::uint32_t> together;
    for (const auto& [at, set] : states) together.insert(set);
    std::set<std::uint32_t> pairs;
    for (const std::uint32_t set : together)
        for (State p = 0; p < table_.states; ++p)
            for (State q = 0; q < p; ++q)
                for (Symbol a = 0; a < table_.letters; ++a)
                    if ((set >> p & 1) != 0 && (set >> q & 1) != 0 && table_.at(p, a) != table_.at(q, a))
                        pairs.insert(1U << table_.at(p, a) | 1U << table_.at(q, a));
    return {{pairs.begin(), pairs.end()}, k == nodes.size()};
}

Depths::Bounds Depths::of(std::uint32_t accepting) const {
    Bounds bounds{0, enough_};
    for (std::size_t k = 0; k < levels_.size() && k < enough_; ++k) {
        const bool splits = std::any_of(levels_[k].pairs.begin(), levels_[k].pairs.end(),
                                        [&](std::uint32_t pair) { return std::popcount(pair & accepting) == 1; });
        if (splits) bounds.least = k + 1;
        else if (levels_[k].is_closed) {
            bounds.most = k;
            break;
        }
    }
    return bounds;
}

}  // namespace attest::classify
