#include <fmt/format.h>

#include <utility>

#include "attest/base/error.hpp"
#include "programs/guhat_constructions.hpp"

namespace attest::programs {

namespace {

constexpr std::size_t most_values = 4096;

/// A value that a position can have, and the sum modulo 2 of the bits that it knows.
struct Known {
    network::ValueId value{};
    std::int64_t sum = 0;
};
using Possible = std::vector<std::vector<Known>>;  // by position from 0

class Tree {
  public:
    explicit Tree(const TreeOptions& options) : options_(options) {
        if (options.activations && *options.activations < 2)
            throw base::UsageError(fmt::format("a tree for parity: expected activations of at least 2 values, found {}",
                                               *options.activations));
        std::int64_t leaves = 1;
        for (std::int64_t l = 0; l < options.layers; ++l) {
            leaves *= options.heads + 1;
            if (leaves > 1 << 12)
                throw base::Unsupported(fmt::format("a tree for parity of more than {} leaves", 1 << 12));
        }
        g_.name = "parity-tree";
        if (options.end) g_.end.emplace("$");
        g_.length = leaves - (options.end ? 1 : 0);
        g_.layers = options.layers;
        g_.heads = options.heads;
        g_.activations = options.activations;
    }

    network::Guhat build() {
        Possible possible(static_cast<std::size_t>(g_.positions()));
        for (std::int64_t p = 1; p <= g_.length; ++p)
            possible[static_cast<std::size_t>(p - 1)] = {{g_.values.symbol(0), 0}, {g_.values.symbol(1), 1}};
        if (g_.end) possible.back() = {{g_.values.symbol(2), 0}};
        std::int64_t child = 1;
        for (std::int64_t l = 1; l <= g_.layers; ++l, child *= g_.heads + 1) possible = layer(l, child, possible);
        for (const Known& last : possible.back())
            if (last.sum == 1) g_.accept.insert(last.value);
        return std::move(g_);
    }

  private:
    /// Where no node lives nothing is said: nodes of the next layer look at nodes of this one only.
    Possible layer(std::int64_t l, std::int64_t child, const Possible& before) {
        Possible after(before.size());
        const std::int64_t step = child * (g_.heads + 1);
        for (std::int64_t p = step; p <= g_.positions(); p += step)
            for (const Known& own : before[static_cast<std::size_t>(p - 1)])
                look(after[static_cast<std::size_t>(p - 1)], l, p, child, own, before);
        return after;
    }

    /// Entries for one asking value, and all that can come of it.
    void look(std::vector<Known>& values, std::int64_t l, std::int64_t p, std::int64_t child, const Known& own,
              const Possible& before) {
        std::vector<std::int64_t> children;
        for (std::int64_t h = 1; h <= g_.heads; ++h) {
            children.push_back(p - h * child);
            std::vector<network::Pair> prefer;
            for (const Known& w : before[static_cast<std::size_t>(children.back() - 1)])
                prefer.push_back({children.back(), w.value});
            g_.attention[{l, h, p, own.value}] = std::move(prefer);
        }
        std::vector<network::Pair> attended;
        const auto choose = [&](auto&& self, std::int64_t sum) -> void {
            if (attended.size() == children.size()) return keep(values, l, p, own.value, attended, sum);
            const std::int64_t j = children[attended.size()];
            for (const Known& w : before[static_cast<std::size_t>(j - 1)]) {
                attended.push_back({j, w.value});
                self(self, (sum + w.sum) % 2);
                attended.pop_back();
            }
        };
        choose(choose, own.sum);
    }

    /// The value after the layer, noted as possible.
    void keep(std::vector<Known>& values, std::int64_t l, std::int64_t p, network::ValueId own,
              const std::vector<network::Pair>& attended, std::int64_t sum) {
        network::ValueId value = g_.values.tuple(own, attended);
        if (g_.bounded(l)) {
            if (sum != 0) g_.activation[{l, p, value}] = sum;
            value = g_.values.activation(static_cast<std::uint64_t>(sum));
        }
        for (const Known& known : values)
            if (known.value == value) return;
        if (values.size() == most_values)
            throw base::Unsupported(
                fmt::format("a tree for parity with more than {} values of one position", most_values));
        values.push_back({value, sum});
    }

    TreeOptions options_;
    network::Guhat g_;
};

}  // namespace

network::Guhat parity_tree(const TreeOptions& options) { return Tree(options).build(); }

}  // namespace attest::programs
