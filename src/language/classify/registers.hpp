#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "language/classify/layers.hpp"

namespace attest::classify {

/// Letters in the order of their last, or of their first occurrence.
using Order = std::vector<std::uint32_t>;

/// Numbers for values, in the order in which they come.
template <typename Value>
class Numbers {
  public:
    std::uint32_t operator()(const Value& value) {
        const auto [at, is_new] = numbers_.emplace(value, static_cast<std::uint32_t>(values_.size()));
        if (is_new) values_.push_back(&at->first);
        return at->second;
    }
    const Value& operator[](std::uint32_t number) const { return *values_[number]; }

  private:
    std::map<Value, std::uint32_t> numbers_;
    std::vector<const Value*> values_;
};

inline Order latest_first(Order order, std::uint32_t letter) {
    std::erase(order, letter);
    order.insert(order.begin(), letter);
    return order;
}

inline Order as_they_came(Order order, std::uint32_t letter) {
    if (std::find(order.begin(), order.end(), letter) == order.end()) order.push_back(letter);
    return order;
}

/// The registers of k layers that look to the left: the position modulo m, and an order or two a level.
class Registers {
  public:
    using Tuple = std::vector<std::uint32_t>;

    Registers(const LayerClass& network, std::size_t layers)
        : network_(network), layers_(layers), letters_(layers), orders_(layers) {}

    std::uint32_t start() {
        Tuple tuple(1 + 2 * layers_, 0);
        for (std::size_t b = 0; b < layers_; ++b) tuple[1 + 2 * b] = tuple[2 + 2 * b] = orders_[b]({});
        return tuples_(tuple);
    }

    std::uint32_t step(std::uint32_t state, language::Symbol a) {
        Tuple tuple = tuples_[state];
        tuple[0] = static_cast<std::uint32_t>((tuple[0] + 1) % network_.modulus);
        std::uint64_t above = a * network_.modulus + tuple[0], last = 0, first = 0;
        for (std::size_t b = 0; b < layers_; ++b) {
            const std::uint32_t letter = letters_[b]({above, last, first});
            above = letter;
            last = tuple[1 + 2 * b];
            first = tuple[2 + 2 * b];
            if (network_.ties != Ties::left)
                tuple[1 + 2 * b] = orders_[b](latest_first(orders_[b][tuple[1 + 2 * b]], letter));
            if (network_.ties != Ties::right)
                tuple[2 + 2 * b] = orders_[b](as_they_came(orders_[b][tuple[2 + 2 * b]], letter));
        }
        return tuples_(tuple);
    }

  private:
    const LayerClass& network_;
    std::size_t layers_;
    std::vector<Numbers<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>>> letters_;  ///< by level
    std::vector<Numbers<Order>> orders_;
    Numbers<Tuple> tuples_;
};

}  // namespace attest::classify
