#pragma once

#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// What is known of 64-bit keys, by open addressing.
class KeyTable {
  public:
    /// No key.
    static constexpr std::uint64_t none = UINT64_MAX;

    explicit KeyTable(Budget& budget) : budget_(budget), slots_(1) { budget.memory(sizeof(Slot)); }

    /// What is known of a key; null if it is new. Valid until the next `insert`.
    const std::uint64_t* find(std::uint64_t key) const {
        const Slot& slot = slots_[place(key)];
        return slot.key == key ? &slot.value : nullptr;
    }
    /// Needs  the key is new, and not `none`
    void insert(std::uint64_t key, std::uint64_t value) {
        if (2 * ++used_ > slots_.size()) grow();
        slots_[place(key)] = {key, value};
    }

  private:
    struct Slot {
        std::uint64_t key = none, value = 0;
    };

    std::size_t place(std::uint64_t key) const {
        const std::uint64_t mixed = (key ^ key >> 32) * 0x9E3779B97F4A7C15ULL;
        std::size_t at = (mixed ^ mixed >> 29) & (slots_.size() - 1);
        std::uint64_t looks = 1;
        for (; slots_[at].key != none && slots_[at].key != key; ++looks) at = (at + 1) & (slots_.size() - 1);
        budget_.step(4 * looks);  // keys that all fall on one place are paid for
        return at;
    }
    void grow() {
        budget_.memory(2 * sizeof(Slot) * slots_.size());
        const std::vector<Slot> old = std::move(slots_);
        slots_.assign(2 * old.size(), {});
        for (const Slot& slot : old)
            if (slot.key != none) slots_[place(slot.key)] = slot;
    }

    Budget& budget_;
    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

}  // namespace attest::checker
