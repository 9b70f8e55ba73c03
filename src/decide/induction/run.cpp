#include <algorithm>

#include "attest/base/error.hpp"
#include "machine.hpp"

// One position of a machine's run: what each head finds there, layer by layer, and what is remembered after it.

namespace attest::induction {

namespace {

using exact::Vector;

constexpr std::uint32_t nothing = 0;           // in a slot: no such position; else the kind, plus 1
constexpr std::uint32_t unknown = UINT32_MAX;  // before the first position: anything may be to the right
constexpr std::size_t most_guesses = 1 << 16;  // at one position

}  // namespace

Machine::State Machine::start() const {
    State state(width_, nothing);
    for (const Layer& layer : layers_)
        for (const Head& head : layer.heads)
            for (const Slot& slot : head.slots)
                if (slot.right) state[slot.right_at] = unknown;
    return state;
}

/// One position of one run, layer after layer.
class Machine::Run {
  public:
    Run(Machine& machine, const State& before, std::uint32_t symbol, bool last)
        : m_(machine), before_(before), phase_(before[0]), is_end_(last), after_(before) {
        x_ = m_.embedded(symbol, phase_);
        after_[0] = m_.parameters_.next(phase_);
    }

    /// From a layer on, where a form is what the position holds before it.
    struct From {
        std::uint32_t form;
    };
    Run(Machine& machine, const State& before, From from, bool last)
        : m_(machine), before_(before), phase_(before[0]), is_end_(last), after_(before), x_(from.form) {}

    /// Layer l and no other, no head of which looks to the right.
    std::pair<State, std::optional<std::uint32_t>> one_layer(std::size_t l) {
        stop_ = l + 1;
        layer(l);
        return {after_, stopped_};
    }
    std::vector<State> all() {
        layer(0);
        return std::move(found_);
    }
    std::optional<bool> answer() {
        layer(0);
        return answer_;
    }

  private:
    /// All continuations from this layer on.
    void layer(std::size_t l) {
        if (l == stop_) {
            stopped_ = x_;
            return;
        }
        if (l == m_.attending_ && !is_end_) {
            found_.push_back(after_);
            return;
        }
        if (l == m_.layers_.size()) {
            answer_ = m_.accepts(m_.forms_[x_], phase_);
            return;
        }
        Layer& at = m_.layers_[l];
        if (at.heads.empty()) return apply(l, {});
        const Item item{x_, looks_at_phase(at) ? phase_ : 0};
        note(at, item);
        update_left(at, item);
        guess(l, item, 0, 0);
    }

    static bool looks_at_phase(const Layer& at) {
        return std::any_of(at.heads.begin(), at.heads.end(), [](const Head& h) { return h.machine.looks_at_phase(); });
    }

    void note(Layer& at, const Item& item) {
        // Without an end symbol the last position is a letter like others.
        const bool letter_ends = !m_.transformer_.end;
        if (!is_end_ || letter_ends) m_.grew_ |= at.items.insert(item).second;
        if (is_end_ || letter_ends) m_.grew_ |= at.end_items.insert(item).second;
        if (at.last && !is_end_) return;
        for (Head& head : at.heads) m_.grew_ |= head.asked.insert(head.machine.query(item.form, m_.forms_[x_])).second;
    }

    std::uint32_t packed(const Item& item) const { return item.form * m_.parameters_.phases() + item.phase + 1; }
    Item unpacked(std::uint32_t number) const {
        return {(number - 1) / m_.parameters_.phases(), (number - 1) % m_.parameters_.phases()};
    }
    HeadMachine::Kind kind(Head& head, const Slot& slot, const Item& item) const {
        return head.machine.kind(slot.query, item.form, m_.forms_[item.form], item.phase);
    }

    /// The position that leaves the window is held against the best before it.
    void update_left(Layer& at, const Item& item) {
        if (is_end_) return;
        for (Head& head : at.heads) {
            if (!head.machine.sees_left()) continue;
            const auto window = static_cast<std::uint32_t>(head.machine.window());
            std::uint32_t leaving = packed(item);
            if (window > 0) {
                leaving = before_[head.window_at + window - 1];
                for (std::uint32_t d = window - 1; d > 0; --d)
                    after_[head.window_at + d] = before_[head.window_at + d - 1];
                after_[head.window_at] = packed(item);
            }
            for (const Slot& slot : head.slots) {
                if (!slot.left || leaving == nothing) continue;
                const HeadMachine::Kind newcomer = kind(head, slot, unpacked(leaving));
                const std::uint32_t old = before_[slot.left_at];
                const Place where{Place::Kind::old, 0};
                const bool stays = old != nothing && !head.machine.later_wins(where, old - 1, where, newcomer);
                after_[slot.left_at] = stays ? old : newcomer + 1;
            }
        }
    }

    /// Chooses what is to the right, for all heads and queries of the layer in turn, so that it fits what was said before.
    void guess(std::size_t l, const Item& item, std::size_t h, std::size_t s) {
        Layer& at = m_.layers_[l];
        while (h < at.heads.size() && (s == at.heads[h].slots.size() || !at.heads[h].slots[s].right)) {
            if (s == at.heads[h].slots.size()) {
                ++h;
                s = 0;
            } else {
                ++s;
            }
        }
        if (h == at.heads.size()) return attend(l, item);
        Head& head = at.heads[h];
        const Slot& slot = head.slots[s];
        const std::uint32_t said = before_[slot.right_at];
        const HeadMachine::Kind own = kind(head, slot, item);
        if (is_end_) {
            if (said != unknown && said != own + 1) return;
            after_[slot.right_at] = nothing;
            return guess(l, item, h, s + 1);
        }
        const Place where{Place::Kind::right, 0};
        const auto try_with = [&](std::uint32_t value, std::uint32_t best) {
            if (said != unknown && said != best) return;
            if (++tries_ > most_guesses) throw base::Unsupported("more than 65536 guesses at one position");
            after_[slot.right_at] = value;
            guess(l, item, h, s + 1);
        };
        for (const HeadMachine::Kind r : slot.guesses)
            try_with(r + 1, head.machine.later_wins(where, own, where, r) ? r + 1 : own + 1);
        if (slot.open) try_with(nothing, own + 1);
    }

    void attend(std::size_t l, const Item& item) {
        Layer& at = m_.layers_[l];
        if (at.last && !is_end_) {
            found_.push_back(after_);
            return;
        }
        std::vector<std::uint32_t> images;
        for (Head& head : at.heads) {
            const auto slot = std::find_if(head.slots.begin(), head.slots.end(), [&](const Slot& s) {
                return s.query == head.machine.query(item.form, m_.forms_[item.form]);
            });
            if (slot == head.slots.end()) return;  // a new query: the run goes on after a restart
            images.push_back(found_by(head, *slot, item));
        }
        apply(l, images);
    }

    /// The image that a head brings to the position, plus 1; 0: nothing.
    std::uint32_t found_by(Head& head, const Slot& slot, const Item& item) const {
        std::optional<HeadMachine::Kind> best;
        Place where;
        const auto meet = [&](Place place, HeadMachine::Kind k) {
            if (best && !head.machine.later_wins(where, *best, place, k)) return;
            best = k;
            where = place;
        };
        if (slot.left && before_[slot.left_at] != nothing) meet({Place::Kind::old, 0}, before_[slot.left_at] - 1);
        for (std::int64_t d = head.machine.window(); d > 0; --d) {
            const std::uint32_t near = before_[head.window_at + static_cast<std::uint32_t>(d) - 1];
            if (near != nothing) meet({Place::Kind::near, d}, kind(head, slot, unpacked(near)));
        }
        if (head.machine.sees_itself()) meet({Place::Kind::near, 0}, kind(head, slot, item));
        if (slot.right && after_[slot.right_at] != nothing) meet({Place::Kind::right, 0}, after_[slot.right_at] - 1);
        return best ? head.machine.image_number(*best) + 1 : 0;
    }

    void apply(std::size_t l, const std::vector<std::uint32_t>& images) {
        const std::uint32_t before = x_;
        std::vector<std::uint32_t> key{static_cast<std::uint32_t>(l), x_, m_.forms_[x_].moves() ? phase_ : 0};
        key.insert(key.end(), images.begin(), images.end());
        const auto [at, is_new] = m_.results_.try_emplace(std::move(key), 0);
        if (is_new) {
            std::vector<const Vector*> brought;
            for (std::size_t h = 0; h < images.size(); ++h)
                brought.push_back(images[h] == 0 ? nullptr : &m_.layers_[l].heads[h].machine.image_of(images[h] - 1));
            const bool attends = m_.layers_[l].layer->attention.has_value();
            Form y = attends ? m_.attend(m_.layers_[l], m_.forms_[x_], brought) : m_.forms_[x_];
            at->second = m_.number(m_.feed_forward(l, std::move(y), phase_));
        }
        x_ = at->second;
        layer(l + 1);
        x_ = before;
    }

    Machine& m_;
    const State& before_;
    std::uint32_t phase_;
    bool is_end_;
    State after_;
    std::uint32_t x_ = 0;  ///< what the position holds, by number
    std::vector<State> found_;
    std::size_t tries_ = 0;
    std::optional<bool> answer_;
    std::optional<std::size_t> stop_;
    std::optional<std::uint32_t> stopped_;
};

std::vector<Machine::State> Machine::step(const State& state, std::uint32_t symbol) {
    return Run(*this, state, symbol, false).all();
}

std::pair<Machine::State, std::optional<std::uint32_t>> Machine::one_layer(std::size_t l, const State& before,
                                                                           std::uint32_t form, bool last) {
    return Run(*this, before, Run::From{form}, last).one_layer(l);
}

std::optional<bool> Machine::last(const State& state, std::uint32_t symbol) {
    return Run(*this, state, symbol, true).answer();
}

}  // namespace attest::induction
