#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attest/exact/matrix.hpp"

namespace attest::soft {

/// How a coordinate at one position comes about: whether the symbol there enters, and by which function of it and of
/// the counts. Equal forms of one coordinate at two positions of a class are one function.
struct Dependence {
    bool symbol = false;
    int form = 0;
    auto operator<=>(const Dependence&) const = default;
};

/// Of each coordinate of a vector.
using Dependences = std::vector<Dependence>;

/// Numbers forms by the way in which they are made: equal numbers for equal ways, so for equal functions. The converse
/// is false.
class Forms {
  public:
    /// Of what is named by a text: a place, or nothing.
    int named(const std::string& text);
    /// Of one coordinate that has these values at several places: equal for equal values, and other forms than all before.
    std::vector<int> of_values(const exact::Vector& values);
    /// Of what one fixed operation makes of these parts, in this order.
    Dependence combined(const Dependences& parts);
    /// Of the outputs of a map.
    Dependences through(const exact::AffineMap& map, const Dependences& inputs);

  private:
    template <typename Map>
    static int number(Map& numbers, typename Map::key_type thing) {
        return numbers.try_emplace(std::move(thing), static_cast<int>(numbers.size()) + 1).first->second;
    }

    std::map<std::string, int> texts_;  // even and negative
    int values_ = 0;                    // so many kinds of them; odd and negative
    std::map<std::vector<int>, int> parts_;
};

/// Appends what one row of a map reads.
void gather(const exact::AffineMap& map, std::size_t row, const Dependences& inputs, Dependences& parts);

}  // namespace attest::soft
