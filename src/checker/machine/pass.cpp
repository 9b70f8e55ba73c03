#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/machine/sequence.hpp"

// FORMAT.md, section 21, "The machine", at one position. In a memory 0 says that there is nothing; kinds and vectors count from 1.

namespace attest::checker {
namespace {

constexpr std::uint32_t nothing = 0, before_all = UINT32_MAX;
constexpr std::size_t most_memories = 65536;  // after one symbol

std::uint32_t add_one(std::size_t x) { return static_cast<std::uint32_t>(x + 1); }

}  // namespace

/// One position of one run.
struct Sequence::Pass {
    const Memory& before;
    Memory after;
    std::size_t phase;
    bool is_last;
    Held held;  ///< what the position holds before the layer that is reached
    std::vector<Memory> memories;
    std::optional<bool> answer;
    std::optional<std::size_t> stop;    ///< a layer that is not looked at any more
    std::optional<std::uint32_t> line;  ///< what the position holds before that
};

Sequence::Memory Sequence::start() const {
    Memory memory(size_, nothing);
    for (const Level& level : levels_)
        for (const Seat& seat : level.seats)
            for (const Register& reg : seat.registers)
                if (reg.right_at) memory[*reg.right_at] = before_all;
    return memory;
}

std::vector<Sequence::Memory> Sequence::read(const Memory& memory, const std::string& symbol) {
    Pass pass{memory, memory, memory[0], false, held_at_first(symbol, memory[0]), {}, {}, {}, {}};
    pass.after[0] = static_cast<std::uint32_t>(scale_.after(pass.phase));
    go_on(0, pass);
    return std::move(pass.memories);
}

std::optional<bool> Sequence::finish(const Memory& memory, const std::string& symbol) {
    Pass pass{memory, memory, memory[0], true, held_at_first(symbol, memory[0]), {}, {}, {}, {}};
    go_on(0, pass);
    return pass.answer;
}

Sequence::Held Sequence::held_at_first(const std::string& symbol, std::size_t phase) {
    budget_.step(16);
    const std::pair key(symbol, static_cast<std::uint32_t>(phase));
    auto at = embedded_.find(key);
    if (at == embedded_.end()) {
        store_.keep(128 + symbol.size());
        at = embedded_.emplace(key, number(embedded(symbol, phase))).first;
    }
    return {at->second, key.second};
}

bool Sequence::accepts(const Held& held) {
    budget_.step(16);
    const auto known = answers_.find(held);
    if (known != answers_.end()) return known->second;
    store_.keep(64);
    return answers_[held] = accepts(*lines_[held.first], scale_.phase(held.second));
}

Sequence::Memory Sequence::start_of(std::size_t l) const {
    const std::size_t behind = l + 1 < levels_.size() ? levels_[l + 1].first : size_;
    return Memory(behind - levels_[l].first, nothing);
}

Sequence::Risen Sequence::rise(std::size_t l, const Memory& part, std::uint32_t line, std::size_t phase, bool is_last) {
    Memory before(size_, nothing);
    const auto first = before.begin() + static_cast<std::ptrdiff_t>(levels_[l].first);
    std::copy(part.begin(), part.end(), first);
    Pass pass{before, before, phase, is_last, {line, static_cast<std::uint32_t>(phase)}, {}, {}, l + 1, {}};
    go_on(l, pass);
    const auto mine = pass.after.begin() + (first - before.begin());
    return {{mine, mine + static_cast<std::ptrdiff_t>(part.size())}, pass.line};
}

bool Sequence::answer(std::uint32_t line, std::size_t phase) {
    const Memory before(size_, nothing);
    Pass pass{before, before, phase, true, {line, static_cast<std::uint32_t>(phase)}, {}, {}, {}, {}};
    go_on(top_, pass);
    return *pass.answer;
}

/// Layer l, and all above it.
void Sequence::go_on(std::size_t l, Pass& pass) {
    budget_.step(32 + size_);
    if (l == pass.stop) {
        if (pass.is_last || l < top_) pass.line = pass.held.first;
        return;
    }
    if (l == levels_.size() && pass.is_last) {
        pass.answer = accepts(pass.held);
        return;
    }
    if (l == top_ && !pass.is_last) {
        if (pass.memories.size() == most_memories) throw Defect("limits", "too much can be guessed at one position");
        budget_.memory(8 * size_ + 64);
        pass.memories.push_back(pass.after);
        return;
    }
    if (!levels_[l].layer->attention) return rest_of_layer(l, {}, pass);
    learn(l, pass);
    if (!pass.is_last) remember(l, pass);
    guess(l, 0, 0, pass);
}

void Sequence::learn(std::size_t l, Pass& pass) {
    Level& level = levels_[l];
    const bool phases =
        std::any_of(level.seats.begin(), level.seats.end(), [](const Seat& s) { return s.preference.has_phases(); });
    const Held held{pass.held.first, phases ? pass.held.second : 0};
    const bool letters_end = !model_.end;
    if (!pass.is_last || letters_end) learned_ |= level.inner.insert(held).second;
    if (pass.is_last || letters_end) learned_ |= level.final.insert(held).second;
    if (l + 1 == top_ && !pass.is_last) return;
    for (Seat& seat : level.seats) learned_ |= seat.queries.insert(query(seat, held)).second;
}

/// What gets far at this position is held against what was.
void Sequence::remember(std::size_t l, Pass& pass) {
    const auto phases = static_cast<std::uint32_t>(scale_.phases());
    for (Seat& seat : levels_[l].seats) {
        if (!seat.preference.sees_left()) continue;
        const auto window = static_cast<std::size_t>(seat.preference.window());
        const std::uint32_t phase = seat.preference.has_phases() ? pass.held.second : 0;
        std::uint32_t leaves = pass.held.first * phases + phase + 1;
        for (std::size_t d = 0; d < window; ++d) {
            pass.after[seat.near_at + d] = leaves;
            leaves = pass.before[seat.near_at + d];
        }
        if (leaves == nothing) continue;
        for (const Register& reg : seat.registers) {
            if (!reg.far_at) continue;
            const std::size_t newcomer = kind(seat, reg.query, {(leaves - 1) / phases, (leaves - 1) % phases});
            const std::uint32_t was = pass.before[*reg.far_at];
            const bool better = was == nothing || seat.preference.certainly_later(is_far, was - 1, is_far, newcomer);
            pass.after[*reg.far_at] = better ? add_one(newcomer) : was;
        }
    }
}

/// Head s, query r and all that follow: what is to the right of this position.
void Sequence::guess(std::size_t l, std::size_t s, std::size_t r, Pass& pass) {
    budget_.step(16);
    Level& level = levels_[l];
    if (s == level.seats.size()) return look(l, pass);
    Seat& seat = level.seats[s];
    if (r == seat.registers.size()) return guess(l, s + 1, 0, pass);
    const Register& reg = seat.registers[r];
    if (!reg.right_at) return guess(l, s, r + 1, pass);
    const std::uint32_t was = pass.before[*reg.right_at];
    const std::uint32_t own = add_one(kind(seat, reg.query, pass.held));
    const auto go = [&](std::uint32_t to_the_right, std::uint32_t preferred) {
        if (was != before_all && was != preferred) return;
        pass.after[*reg.right_at] = to_the_right;
        guess(l, s, r + 1, pass);
    };
    if (pass.is_last) return go(nothing, own);
    for (const std::uint32_t g : reg.guesses)
        go(g + 1, seat.preference.certainly_later(is_right, own - 1, is_right, g) ? g + 1 : own);
    if (reg.any_end) go(nothing, own);
}

/// What the heads find, where all that they can find is known.
void Sequence::look(std::size_t l, Pass& pass) {
    if (l + 1 == top_ && !pass.is_last) return go_on(top_, pass);
    std::vector<std::uint32_t> kinds;
    for (Seat& seat : levels_[l].seats) {
        const std::size_t query = this->query(seat, pass.held);
        const auto reg = std::find_if(seat.registers.begin(), seat.registers.end(),
                                      [&](const Register& known) { return known.query == query; });
        if (reg == seat.registers.end()) return;  // learned just now
        kinds.push_back(found(seat, *reg, pass));
    }
    rest_of_layer(l, kinds, pass);
}

std::uint32_t Sequence::found(Seat& seat, const Register& reg, const Pass& pass) {
    const auto phases = static_cast<std::uint32_t>(scale_.phases());
    std::uint32_t best = nothing;
    Spot where = is_far;
    const auto meet = [&](Spot spot, std::size_t kind) {
        if (best != nothing && !seat.preference.certainly_later(where, best - 1, spot, kind)) return;
        best = add_one(kind);
        where = spot;
    };
    if (reg.far_at && pass.before[*reg.far_at] != nothing) meet(is_far, pass.before[*reg.far_at] - 1);
    for (long d = seat.preference.window(); d >= 1; --d) {
        const std::uint32_t near = pass.before[seat.near_at + static_cast<std::size_t>(d) - 1];
        if (near != nothing) meet(d, kind(seat, reg.query, {(near - 1) / phases, (near - 1) % phases}));
    }
    if (seat.preference.sees_itself()) meet(0, kind(seat, reg.query, pass.held));
    if (reg.right_at && pass.after[*reg.right_at] != nothing) meet(is_right, pass.after[*reg.right_at] - 1);
    return best;
}

void Sequence::rest_of_layer(std::size_t l, const std::vector<std::uint32_t>& kinds, Pass& pass) {
    const Held before = pass.held;
    std::vector<std::uint32_t> key{static_cast<std::uint32_t>(l), before.first, before.second};
    key.insert(key.end(), kinds.begin(), kinds.end());
    const auto known = results_.find(key);
    if (known != results_.end()) {
        pass.held.first = known->second;
    } else {
        const Layer& layer = *levels_[l].layer;
        Line y = *lines_[before.first];
        if (layer.attention) {
            if (!layer.attention->residual) y = {Vector(model_.dimension), Vector(model_.dimension)};
            for (std::size_t h = 0; h < kinds.size(); ++h)
                if (kinds[h] != nothing) add_to(y.fixed, levels_[l].seats[h].preference.brings(kinds[h] - 1), budget_);
        }
        try {
            if (layer.feedforward) y = feed_forward(*layer.feedforward, y, scale_.phase(pass.phase), budget_);
        } catch (const Defect& defect) {
            throw Defect(defect.place().empty() ? layer.place + ".feedforward" : defect.place(), defect.what());
        }
        store_.keep(128 + 4 * key.size());
        pass.held.first = number(y);
        results_.emplace(std::move(key), pass.held.first);
    }
    go_on(l + 1, pass);
    pass.held = before;
}

}  // namespace attest::checker
