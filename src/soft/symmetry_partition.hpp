#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

namespace attest::soft {

/// The positions of a sequence (from 0) in classes; begin and end symbols are in none.
class Partition {
  public:
    /// One class of `length` positions from `first` on, but for `readout`, which is a class of its own if it is among
    /// them.
    Partition(std::int64_t n, std::int64_t first, std::int64_t length, std::int64_t readout)
        : class_of_(static_cast<std::size_t>(n), none) {
        for (std::int64_t p = first; p < first + length; ++p)
            class_of_[static_cast<std::size_t>(p)] = p == readout ? 1 : 0;
    }

    /// Positions by class, ascending.
    std::map<int, std::vector<std::size_t>> classes() const {
        std::map<int, std::vector<std::size_t>> classes;
        for (std::size_t p = 0; p < class_of_.size(); ++p)
            if (class_of_[p] != none) classes[class_of_[p]].push_back(p);
        return classes;
    }
    /// Makes one class into several, of which the first keeps its number.
    /// parts  a map to lists of positions
    template <typename Parts>
    void divide(const Parts& parts) {
        int next = *std::max_element(class_of_.begin(), class_of_.end());
        for (auto part = std::next(parts.begin()); part != parts.end(); ++part) {
            ++next;
            for (const std::size_t p : part->second) class_of_[p] = next;
        }
    }

  private:
    static constexpr int none = -1;
    std::vector<int> class_of_;
};

}  // namespace attest::soft
