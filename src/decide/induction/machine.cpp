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

/// Larger windows are for heads that forget what is beyond them: where one does not, it is long till something is, and mostly in vain.
constexpr std::int64_t most_beside_memory = 8;

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
        throw base::Unsupported(fmt::format(
            "{}: only hard-attention models that a finite machine follows are proved at all lengths", what));
    };
    if (t.max_length) refuse(fmt::format("the model is for words of at most {} symbols", *t.max_length));
    constexpr std::size_t most_layers = 1024;  // the checker follows no more
    if (t.layers.size() > most_layers) refuse(fmt::format("the model has {} layers", t.layers.size()));
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
    const bool carried = std::any_of(positions_.begin(), positions_.end(), [](const Form& p) { return p.moves(); });
    for (std::size_t l = 0; l < layers_.size(); ++l) {
        layers_[l].layer = &transformer.layers[l];
        layers_[l].last = l + 1 == attending_;
        if (!transformer.layers[l].attention) continue;
        const network::Attention& attention = *transformer.layers[l].attention;
        for (std::size_t h = 0; h < attention.heads.size(); ++h)
            layers_[l].heads.push_back(
                {HeadMachine(attention, attention.heads[h], parameters, layers_[l].last, carried, head_name(l, h)),
                 0,
                 {},
                 {}});
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

std::uint32_t Machine::embedded(std::uint32_t symbol, std::uint32_t phase) {
    const auto [at, is_new] = embedded_.try_emplace({symbol, phase}, 0);
    if (is_new) at->second = number(embed(symbol, phase));
    return at->second;
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

/// Whether the head may forget what lies so, whatever it is, for this query.
bool Machine::forgets(Head& head, HeadMachine::Query query, const Layer& layer, Place where) {
    std::set<HeadMachine::Kind> own, left, right;
    for (const std::set<Item>* items : {&layer.items, &layer.end_items})
        for (const Item& item : *items) {
            const Form& x = forms_[item.form];
            const HeadMachine::Kind kind = head.machine.kind(query, item.form, x, item.phase);
            right.insert(kind);
            if (items == &layer.items) left.insert(kind);
            if (head.machine.query(item.form, x) == query) own.insert(kind);
        }
    return head.machine.forgets(where, where.kind == Place::Kind::old ? left : right, own, left);
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
        slot.left = head.machine.sees_left() && !forgets(head, query, layer, {Place::Kind::old, 0});
        slot.right = head.machine.sees_right() && !forgets(head, query, layer, {Place::Kind::right, 0});
        if (slot.left && head.machine.window() > most_beside_memory)
            throw base::Unsupported("a head remembers what is beyond a large window");
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

}  // namespace attest::induction
