#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <memory>

namespace attest::induction {

/// A list that grows without moving what is in it: each page has as many places as all before it, and what lies beyond the end of
/// the list is not touched.
///
/// Thing   is copied as bytes
template <typename Thing>
class Paged {
  public:
    std::size_t size() const { return size_; }
    Thing& operator[](std::size_t k) { return pages_[page_of(k)][place_of(k)]; }
    const Thing& operator[](std::size_t k) const { return pages_[page_of(k)][place_of(k)]; }

    void push_back(const Thing& thing) { resize(size_ + 1, thing); }
    /// Needs   size >= size()
    void resize(std::size_t size, const Thing& thing) {
        for (; size_ < size; ++size_) {
            std::unique_ptr<Thing[]>& page = pages_[page_of(size_)];
            if (!page) page = std::make_unique_for_overwrite<Thing[]>(std::bit_floor(size_ + first));
            page[place_of(size_)] = thing;
        }
    }

  private:
    static constexpr std::size_t first = 64;  ///< places of the first page

    static std::size_t page_of(std::size_t k) { return static_cast<std::size_t>(std::bit_width(k / first + 1)) - 1; }
    static std::size_t place_of(std::size_t k) { return k + first - std::bit_floor(k + first); }

    std::array<std::unique_ptr<Thing[]>, 40> pages_;
    std::size_t size_ = 0;
};

}  // namespace attest::induction
