#include "layered.hpp"

#include <algorithm>

namespace attest::induction {

void PairTable::insert(std::uint64_t key, std::uint64_t value) {
    if (2 * (used_ + 1) > keys_.size()) {
        const std::vector<std::uint64_t> keys = std::move(keys_), values = std::move(values_);
        keys_.assign(2 * keys.size(), none);
        values_.assign(2 * keys.size(), 0);
        for (std::size_t k = 0; k < keys.size(); ++k)
            if (keys[k] != none) {
                const std::size_t at = slot(keys[k]);
                keys_[at] = keys[k];
                values_[at] = values[k];
            }
    }
    const std::size_t at = slot(key);
    keys_[at] = key;
    values_[at] = value;
    ++used_;
}

bool Layered::fits(const Machine& machine) {
    for (const Machine::Layer& layer : machine.layers_)
        for (const Machine::Head& head : layer.heads)
            if (head.machine.sees_right()) return false;
    return true;
}

Layered::Layered(Machine& machine)
    : m_(machine),
      width_(1 + machine.layers_.size()),
      slots_(64, none),
      registers_(machine.layers_.size()),
      made_(machine.layers_.size()),
      embedded_(machine.transformer_.alphabet.size() + 2,
                std::vector<std::uint32_t>(machine.parameters_.phases(), none)) {
    for (const Machine::Layer& layer : m_.layers_)
        begins_.push_back(layer.heads.empty() ? SIZE_MAX : layer.heads.front().window_at);
    begins_.push_back(m_.width_);
    for (std::size_t l = begins_.size() - 1; l-- > 0;)
        if (begins_[l] == SIZE_MAX) begins_[l] = begins_[l + 1];
    next_.resize(width_);
}

std::uint32_t Layered::start() {
    const Machine::State state = m_.start();
    next_[0] = 0;
    for (std::size_t l = 0; l + 1 < width_; ++l)
        next_[1 + l] = registers_[l].number({state.begin() + static_cast<std::ptrdiff_t>(begins_[l]),
                                             state.begin() + static_cast<std::ptrdiff_t>(begins_[l + 1])});
    return intern(next_);
}

std::uint32_t Layered::intern(const std::vector<std::uint32_t>& state) {
    const auto slot = [&](const std::uint32_t* numbers) {
        std::uint64_t hash = 0x9E3779B97F4A7C15ULL;
        for (std::size_t k = 0; k < width_; ++k) {
            hash = (hash ^ numbers[k]) * 0xff51afd7ed558ccdULL;
            hash ^= hash >> 32;
        }
        std::size_t at = hash & (slots_.size() - 1);
        while (slots_[at] != none && !std::equal(numbers, numbers + width_, states_.data() + slots_[at] * width_))
            at = (at + 1) & (slots_.size() - 1);
        return at;
    };
    std::size_t at = slot(state.data());
    if (slots_[at] != none) return slots_[at];
    const auto number = static_cast<std::uint32_t>(size());
    states_.insert(states_.end(), state.begin(), state.end());
    slots_[at] = number;
    if (2 * size() > slots_.size()) {
        slots_.assign(4 * slots_.size(), none);
        for (std::uint32_t s = 0; s < size(); ++s) slots_[slot(states_.data() + s * width_)] = s;
    }
    return number;
}

std::uint32_t Layered::embedded(std::uint32_t symbol, std::uint32_t phase) {
    const std::size_t letters = m_.transformer_.alphabet.size();
    const std::size_t row = symbol == Machine::begin ? letters : symbol == Machine::end ? letters + 1 : symbol;
    std::uint32_t& number = embedded_[row][phase];
    if (number == none) number = m_.number(m_.embed(symbol, phase));
    return number;
}

Layered::Made Layered::make(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase,
                            bool last) {
    PairTable& known = made_[l][last ? 1 : 0];
    const std::uint64_t key = std::uint64_t{registers} << 32 | (form * m_.parameters_.phases() + phase);
    if (const std::uint64_t* found = known.find(key))
        return {static_cast<std::uint32_t>(*found >> 32), static_cast<std::uint32_t>(*found)};
    const Made made = work_out(l, registers, form, phase, last);
    known.insert(key, std::uint64_t{made.registers} << 32 | made.form);
    return made;
}

Layered::Made Layered::work_out(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase,
                                bool last) {
    Machine::State before(m_.width_, 0);
    before[0] = phase;
    const Machine::State& mine = registers_[l][registers];
    std::copy(mine.begin(), mine.end(), before.begin() + static_cast<std::ptrdiff_t>(begins_[l]));
    const auto [after, x] = m_.one_layer(l, before, m_.forms_[form], last);
    Made made;
    made.registers = registers_[l].number({after.begin() + static_cast<std::ptrdiff_t>(begins_[l]),
                                           after.begin() + static_cast<std::ptrdiff_t>(begins_[l + 1])});
    if (x) made.form = m_.number(*x);
    return made;
}

std::uint32_t Layered::step(std::uint32_t state, std::uint32_t symbol) {
    const std::uint32_t phase = states_[state * width_];
    std::uint32_t form = embedded(symbol, phase);
    next_.assign(width_, 0);
    next_[0] = m_.parameters_.next(phase);
    for (std::size_t l = 0; l < m_.attending_; ++l) {
        const Made made = make(l, states_[state * width_ + 1 + l], form, phase, false);
        next_[1 + l] = made.registers;
        form = made.form;
        if (form == none && l + 1 < m_.attending_) return none;
    }
    return intern(next_);
}

std::optional<bool> Layered::last(std::uint32_t state, std::uint32_t symbol) {
    const std::uint32_t phase = states_[state * width_];
    std::uint32_t form = embedded(symbol, phase);
    for (std::size_t l = 0; l + 1 < width_; ++l) {
        form = make(l, states_[state * width_ + 1 + l], form, phase, true).form;
        if (form == none) return std::nullopt;
    }
    const std::size_t index = std::size_t{form} * m_.parameters_.phases() + phase;
    if (accepts_.size() <= index) accepts_.resize(2 * index + 64);
    if (!accepts_[index]) accepts_[index] = m_.accepts(m_.forms_[form], phase);
    return accepts_[index];
}

}  // namespace attest::induction
