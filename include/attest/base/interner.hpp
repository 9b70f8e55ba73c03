#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace attest::base {

/// Gives equal things equal numbers, 0, 1, … in order of first appearance, and keeps each thing once.
///
/// `Map`: from things to numbers; its keys must stay where they are, as those of std::map and std::unordered_map do.
/// Cost    one look-up a call; references to things stay good while the interner lives, also when it is moved
template <typename Thing, typename Map = std::map<Thing, std::uint32_t>>
class Interner {
  public:
    using Number = typename Map::mapped_type;

    Interner() = default;
    Interner(const Interner& other) {
        for (const Thing* thing : other.things_) number(*thing);
    }
    Interner(Interner&&) noexcept = default;
    Interner& operator=(Interner other) {
        numbers_.swap(other.numbers_);
        things_.swap(other.things_);
        return *this;
    }
    ~Interner() = default;

    /// The number of a thing. One that was not seen before gets size(), the next.
    Number number(const Thing& thing) { return keep(numbers_.try_emplace(thing, next())); }
    Number number(Thing&& thing) { return keep(numbers_.try_emplace(std::move(thing), next())); }

    /// The number of a thing that was seen before.
    std::optional<Number> find(const Thing& thing) const {
        const auto place = numbers_.find(thing);
        return place == numbers_.end() ? std::nullopt : std::optional(place->second);
    }

    const Thing& operator[](Number number) const { return *things_[static_cast<std::size_t>(number)]; }
    std::size_t size() const { return things_.size(); }

  private:
    using Place = std::pair<typename Map::iterator, bool>;

    Number next() const { return static_cast<Number>(things_.size()); }
    Number keep(const Place& place) {
        if (place.second) things_.push_back(&place.first->first);
        return place.first->second;
    }

    Map numbers_;
    std::vector<const Thing*> things_;
};

}  // namespace attest::base
