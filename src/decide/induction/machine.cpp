#include "machine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::induction {

namespace {

using exact::Expression;
using exact::Operation;
using exact::Rational;
using exact::Vector;

constexpr std::uint32_t nothing = 0;           // in a slot: no such position; else the kind, plus 1
constexpr std::uint32_t unknown = UINT32_MAX;  // before the first position: anything may be to the right
constexpr std::size_t most_guesses = 1 << 16;  // at one position

std::string layer_name(std::size_t layer) { return fmt::format("layer {}", layer + 1); }
std::string head_name(std::size_t layer, std::size_t head) {
    return fmt::format("layer {}, head {}", layer + 1, head + 1);
}

/// constant + slope · p from a polynomial in which p = first + step · variable.
std::optional<std::pair<Rational, Rational>> affine(const Polynomial& p, const Phase& phase) {
    Rational slope;
    for (const auto& [powers, coefficient] : p.terms()) {
        if (powers == Polynomial::Powers{}) continue;
        if (powers != Polynomial::Powers{1, 0, 0, 0}) return std::nullopt;
        slope = coefficient / Rational(phase.step);
    }
    return std::pair(Rational(p.constant_term() - slope * Rational(phase.first)), slope);
}

}  // namespace

void require_sequential(const network::Transformer& t) {
    const auto refuse = [](const std::string& what) {
        throw base::Unsupported(
            fmt::format("{}: only hard-attention models that a finite machine follows are proved at all lengths; "
                        "give --length a number or a range A..B",
                        what));
    };
    if (t.max_length) refuse(fmt::format("the model is for words of at most {} symbols", *t.max_length));
    if (t.kind() != network::AttentionKind::hard)
        refuse(fmt::format("the model has {} attention", to_string(t.kind())));
    if (t.readout.reading != network::Readout::Reading::one || t.readout.position != -1)
        refuse("the model is not read at the last position alone");
    if (t.readout.bias_in_n) refuse("the readout's bias depends on n");
    for (std::size_t l = 0; l < t.layers.size(); ++l) {
        const network::Layer& layer = t.layers[l];
        if (layer.repeat) refuse(layer_name(l) + " repeats");
        if (layer.attention && (layer.attention->norm || layer.attention->rotary))
            refuse(layer_name(l) + " has a norm");
        if (layer.feedforward && (layer.feedforward->norm || layer.feedforward->gate ||
                                  layer.feedforward->activation.kind != exact::Activation::Kind::relu))
            refuse(layer_name(l) + " has a norm, a gate or another activation than relu");
    }
}

Machine::Machine(const network::Transformer& transformer, const Parameters& parameters)
    : transformer_(transformer), parameters_(parameters) {
    require_values();
    make_positions();
    for (std::size_t l = 0; l < transformer.layers.size(); ++l)
        if (transformer.layers[l].attention) attending_ = l + 1;
    layers_.resize(transformer.layers.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        layers_[l].layer = &transformer.layers[l];
        layers_[l].last = l + 1 == attending_;
        if (!transformer.layers[l].attention) continue;
        const network::Attention& attention = *transformer.layers[l].attention;
        for (std::size_t h = 0; h < attention.heads.size(); ++h)
            layers_[l].heads.push_back(
                {HeadMachine(attention, attention.heads[h], parameters, layers_[l].last, head_name(l, h)), 0, {}, {}});
    }
}

std::int64_t Machine::shortest() const {
    return std::max(1, (transformer_.begin ? 1 : 0) + (transformer_.end ? 1 : 0));
}

/// What is proved of all lengths must have a meaning at all lengths.
void Machine::require_values() const {
    const auto require = [&](const Expression& e, const std::string& place, std::size_t dk) {
        const std::string lack = lacks_value(e, shortest(), static_cast<std::int64_t>(dk));
        if (!lack.empty()) throw base::Unsupported(fmt::format("{}: {} has {}", place, e.text(), lack));
    };
    for (std::size_t c = 0; c < transformer_.position.size(); ++c)
        require(transformer_.position[c], fmt::format("coordinate {} of the position", c + 1), 0);
    for (std::size_t l = 0; l < transformer_.layers.size(); ++l) {
        if (!transformer_.layers[l].attention) continue;
        const network::Attention& attention = *transformer_.layers[l].attention;
        for (std::size_t h = 0; h < attention.heads.size(); ++h) {
            require(attention.heads[h].bias, head_name(l, h), 0);
            const std::size_t dk = attention.heads[h].query_rows();
            require(attention.scale, head_name(l, h), dk);
            const Region everywhere{
                {}, {}, Polynomial(Rational(shortest())) + Polynomial::variable(0), static_cast<std::int64_t>(dk)};
            const auto scale = evaluate(attention.scale, everywhere);
            if (!scale || signs(*scale).negative || signs(*scale).zero)
                throw base::Unsupported(fmt::format("{}: the scale {} is not seen to be positive at all lengths",
                                                    layer_name(l), attention.scale.text()));
        }
    }
}

void Machine::make_positions() {
    if (transformer_.position_table)
        throw base::Unsupported("the model has a table of positions, which ends somewhere");
    if (transformer_.position.empty()) return;
    for (std::uint32_t f = 0; f < parameters_.phases(); ++f) {
        const Phase phase = parameters_.phase(f);
        Polynomial p(Rational(phase.first));
        p += Polynomial(Rational(phase.step)) * Polynomial::variable(0);
        Vector constant, slope;
        for (std::size_t c = 0; c < transformer_.position.size(); ++c) {
            const Expression& e = transformer_.position[c];
            const auto value = e.uses(Operation::variable_n) ? std::nullopt : evaluate(e, {p, {}, {}, 0});
            const auto by = value ? value->denominator.constant() : std::nullopt;
            const auto line = by ? affine(value->numerator * Polynomial(1 / *by), phase) : std::nullopt;
            if (!line)
                throw base::Unsupported(fmt::format(
                    "coordinate {} of the position, {}, is neither periodic in i from some i on nor a + b i", c + 1,
                    e.text()));
            constant.push_back(line->first);
            slope.push_back(line->second);
        }
        positions_.push_back(form(std::move(constant), std::move(slope)));
    }
}

Form Machine::embed(std::uint32_t symbol, std::uint32_t phase) const {
    Form x{symbol == begin ? transformer_.begin_embedding
           : symbol == end ? transformer_.end_embedding
                           : transformer_.embedding[symbol],
           {}};
    if (!positions_.empty()) add_to(x, positions_[phase]);
    return x;
}

Form Machine::attend(const Layer& layer, const Form& x, const std::vector<const Vector*>& images) const {
    const network::Attention& attention = *layer.layer->attention;
    Form y{attention.residual ? x.constant : Vector(x.constant.size()), attention.residual ? x.slope : Vector()};
    for (const Vector* image : images)
        if (image != nullptr) exact::add_to(y.constant, *image);
    return y;
}

Form Machine::feed_forward(std::size_t layer, Form x, std::uint32_t phase) const {
    const auto& part = transformer_.layers[layer].feedforward;
    if (!part) return x;
    Form z = x;
    for (std::size_t k = 0; k < part->maps.size(); ++k) {
        if (k > 0) rectify(z, parameters_.phase(phase), layer_name(layer) + ", feed-forward part");
        z = apply(part->maps[k], z);
    }
    if (part->residual) add_to(z, x);
    return z;
}

bool Machine::accepts(const Form& y, std::uint32_t phase) const {
    const network::Readout& readout = transformer_.readout;
    if (!y.moves()) return network::accepts(readout, y.constant);
    if (readout.classes) {
        const Form logits = apply(readout.classes->logits, y);
        if (!logits.moves()) return network::accepts(readout, y.constant);
        throw base::Unsupported("a logit that is read moves with the position");
    }
    const int positive = is_positive(exact::dot(readout.weight, y.constant) + readout.bias,
                                     exact::dot(readout.weight, y.slope), parameters_.phase(phase));
    if (positive < 0) throw base::Unsupported("the score that is read changes its sign with the position");
    return positive == 1;
}

/// Whether some position that lies so is preferred to an asking position with this query: if none ever is, the head may forget
/// what lies there.
bool Machine::beats_itself(Head& head, HeadMachine::Query query, const Layer& layer, Place where) {
    const Place itself{Place::Kind::near, 0};
    std::set<HeadMachine::Kind> own, others;
    for (const std::set<Item>* items : {&layer.items, &layer.end_items})
        for (const Item& item : *items) {
            const Form& x = forms_[item.form];
            const HeadMachine::Kind kind = head.machine.kind(query, item.form, x, item.phase);
            others.insert(kind);
            if (head.machine.query(item.form, x) == query) own.insert(kind);
        }
    const bool left = where.kind == Place::Kind::old;
    for (const HeadMachine::Kind s : own)
        for (const HeadMachine::Kind o : others) {
            const auto later =
                left ? head.machine.compare(where, o, itself, s) : head.machine.compare(itself, s, where, o);
            if (!later || *later != left) return true;
        }
    return false;
}

/// What the best to the right may be: beside the last position its kind, further left what that leaves of all others. While no
/// last position is known, a word may end anywhere.
void Machine::add_guesses(Slot& slot, Head& head, const Layer& layer) {
    const auto kinds_of = [&](const std::set<Item>& items) {
        std::set<HeadMachine::Kind> kinds;
        for (const Item& item : items)
            kinds.insert(head.machine.kind(slot.query, item.form, forms_[item.form], item.phase));
        return kinds;
    };
    const std::set<HeadMachine::Kind> all = kinds_of(layer.items), ends = kinds_of(layer.end_items);
    const Place right{Place::Kind::right, 0};
    slot.open = ends.empty();
    std::set<HeadMachine::Kind> seen = slot.open ? all : ends;
    slot.guesses.assign(seen.begin(), seen.end());
    for (std::size_t k = 0; k < slot.guesses.size(); ++k)
        for (const HeadMachine::Kind c : all)
            if (!head.machine.compare(right, c, right, slot.guesses[k]).value_or(false) && seen.insert(c).second)
                slot.guesses.push_back(c);
}

void Machine::add_slots(Layer& layer, Head& head) {
    head.window_at = static_cast<std::uint32_t>(width_);
    width_ += static_cast<std::size_t>(head.machine.window());
    head.slots.clear();
    for (const HeadMachine::Query query : head.asked) {
        Slot slot;
        slot.query = query;
        const bool itself = head.machine.sees_itself();
        slot.left = head.machine.sees_left() && (!itself || beats_itself(head, query, layer, {Place::Kind::old, 0}));
        slot.right =
            head.machine.sees_right() && (!itself || beats_itself(head, query, layer, {Place::Kind::right, 0}));
        if (slot.left) slot.left_at = static_cast<std::uint32_t>(width_++);
        if (slot.right) {
            slot.right_at = static_cast<std::uint32_t>(width_++);
            add_guesses(slot, head, layer);
        }
        head.slots.push_back(std::move(slot));
    }
}

void Machine::restart() {
    grew_ = false;
    width_ = 1;
    for (Layer& layer : layers_)
        for (Head& head : layer.heads) add_slots(layer, head);
}

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
        x_ = m_.embed(symbol, phase_);
        after_[0] = m_.parameters_.next(phase_);
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
        if (l == m_.attending_ && !is_end_) {
            found_.push_back(after_);
            return;
        }
        if (l == m_.layers_.size()) {
            answer_ = m_.accepts(x_, phase_);
            return;
        }
        Layer& at = m_.layers_[l];
        if (at.heads.empty()) return apply(l, {});
        const Item item{m_.number(x_), looks_at_phase(at) ? phase_ : 0};
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
        for (Head& head : at.heads) m_.grew_ |= head.asked.insert(head.machine.query(item.form, x_)).second;
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
        apply(l, images, &item);
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

    void apply(std::size_t l, const std::vector<std::uint32_t>& images, const Item* item = nullptr) {
        const Form before = x_;
        std::vector<std::uint32_t> key{static_cast<std::uint32_t>(l), item ? item->form : m_.number(x_),
                                       x_.moves() ? phase_ : 0};
        key.insert(key.end(), images.begin(), images.end());
        const auto [at, is_new] = m_.results_.try_emplace(std::move(key), 0);
        if (is_new) {
            std::vector<const Vector*> brought;
            for (std::size_t h = 0; h < images.size(); ++h)
                brought.push_back(images[h] == 0 ? nullptr : &m_.layers_[l].heads[h].machine.image_of(images[h] - 1));
            const bool attends = m_.layers_[l].layer->attention.has_value();
            Form y = attends ? m_.attend(m_.layers_[l], x_, brought) : x_;
            at->second = m_.number(m_.feed_forward(l, std::move(y), phase_));
        }
        x_ = m_.forms_[at->second];
        layer(l + 1);
        x_ = before;
    }

    Machine& m_;
    const State& before_;
    std::uint32_t phase_;
    bool is_end_;
    State after_;
    Form x_;
    std::vector<State> found_;
    std::size_t tries_ = 0;
    std::optional<bool> answer_;
};

std::vector<Machine::State> Machine::step(const State& state, std::uint32_t symbol) {
    return Run(*this, state, symbol, false).all();
}

std::optional<bool> Machine::last(const State& state, std::uint32_t symbol) {
    return Run(*this, state, symbol, true).answer();
}

}  // namespace attest::induction
