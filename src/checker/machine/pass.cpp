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
    Line y;
    Held held;
    std::vector<Memory> memories;
    std::optional<bool> answer;
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
    Pass pass{memory, memory, memory[0], false, embedded(symbol, memory[0]), {}, {}, {}};
    pass.after[0] = static_cast<std::uint32_t>(scale_.after(pass.phase));
    go_on(0, pass);
    return std::move(pass.memories);
}

std::optional<bool> Sequence::finish(const Memory& memory, const std::string& symbol) {
    Pass pass{memory, memory, memory[0], true, embedded(symbol, memory[0]), {}, {}, {}};
    go_on(0, pass);
    return pass.answer;
}

/// Layer l, and all above it.
void Sequence::go_on(std::size_t l, Pass& pass) {
    budget_.step(32 + size_);
    if (l == levels_.size() && pass.is_last) {
        pass.answer = accepts(pass.y, scale_.phase(pass.phase));
        return;
    }
    if (l == top_ && !pass.is_last) {
        if (pass.memories.size() == most_memories) throw Defect("limits", "too much can be guessed at one position");
        budget_.memory(8 * size_ + 64);
        pass.memories.push_back(pass.after);
        return;
    }
    if (!levels_[l].layer->attention) return rest_of_layer(l, {}, pass);
    const Held above = pass.held;
    pass.held = {number(pass.y), static_cast<std::uint32_t>(pass.phase)};
    learn(l, pass);
    if (!pass.is_last) remember(l, pass);
    guess(l, 0, 0, pass);
    pass.held = above;
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
    const Line before = pass.y;
    const Layer& layer = *levels_[l].layer;
    std::vector<std::uint32_t> key{static_cast<std::uint32_t>(l), number(pass.y),
                                   static_cast<std::uint32_t>(pass.phase)};
    key.insert(key.end(), kinds.begin(), kinds.end());
    const auto known = results_.find(key);
    if (known != results_.end()) {
        pass.y = *lines_[known->second];
    } else {
        if (layer.attention) {
            if (!layer.attention->residual) pass.y = {Vector(model_.dimension), Vector(model_.dimension)};
            for (std::size_t h = 0; h < kinds.size(); ++h)
                if (kinds[h] != nothing)
                    add_to(pass.y.fixed, levels_[l].seats[h].preference.brings(kinds[h] - 1), budget_);
        }
        try {
            if (layer.feedforward) pass.y = feed_forward(*layer.feedforward, pass.y, scale_.phase(pass.phase), budget_);
        } catch (const Defect& defect) {
            throw Defect(defect.place().empty() ? layer.place + ".feedforward" : defect.place(), defect.what());
        }
        store_.keep(128 + 4 * key.size());
        results_.emplace(std::move(key), number(pass.y));
    }
    go_on(l + 1, pass);
    pass.y = before;
}

}  // namespace attest::checker
