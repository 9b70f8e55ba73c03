#include "symbolic.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

// One position of the machine, with a literal for each thing that may be: what each head finds, what a layer makes of it,
// what registers hold after it.

namespace attest::induction {

using circuit::bottom;
using circuit::Literal;
using circuit::top;

namespace {

constexpr std::size_t most_combinations = std::size_t{1} << 20;

}  // namespace

Literal Symbolic::both(Literal a, Literal b) {
    if (builder_) return builder_->conjunction({a, b});
    return a == bottom || b == bottom ? bottom : top;
}

Literal Symbolic::any(const std::vector<Literal>& literals) {
    if (builder_) return builder_->disjunction(literals);
    return std::all_of(literals.begin(), literals.end(), [](Literal l) { return l == bottom; }) ? bottom : top;
}

template <typename Key>
std::map<Key, Literal> Symbolic::merged(const Cases<Key>& cases) {
    std::map<Key, Literal> result;
    for (const auto& [key, literals] : cases)
        if (const Literal literal = any(literals); literal != bottom) result.emplace(key, literal);
    return result;
}
template Symbolic::Values Symbolic::merged(const Cases<Item>&);

Symbolic::Item Symbolic::item(const Form& x, std::uint32_t phase) {
    return {m_.number(x), phases_matter_ || x.moves() ? phase : 0};
}

Symbolic::Item Symbolic::stored(std::size_t l, Item item) const {
    const auto& heads = m_.layers_[l].heads;
    const bool looks = std::any_of(heads.begin(), heads.end(),
                                   [](const Machine::Head& head) { return head.machine.looks_at_phase(); });
    if (!looks) item.phase = 0;
    return item;
}

Symbolic::Kind Symbolic::kind(Machine::Head& head, HeadMachine::Query query, const Item& item) const {
    return head.machine.kind(query, item.form, m_.forms_[item.form], item.phase);
}

HeadMachine::Query Symbolic::query(Machine::Head& head, const Item& item) const {
    return head.machine.query(item.form, m_.forms_[item.form]);
}

void Symbolic::embed(std::uint32_t symbol, Literal literal, const std::vector<Literal>& phases, Cases<Item>& to) {
    for (std::uint32_t f = 0; f < phases.size(); ++f)
        if (phases[f] != bottom) to[item(m_.embed(symbol, f), f)].push_back(both(literal, phases[f]));
}

/// What a layer makes of what positions hold before it.
Symbolic::Values Symbolic::above(std::size_t l, const Values& items) {
    Cases<Item> cases;
    std::vector<std::uint32_t> images;
    for (const auto& [item, is] : items) choose(l, 0, item, is, images, cases);
    return merged(cases);
}

/// All that heads h and further may bring, with what those before it bring.
void Symbolic::choose(std::size_t l, std::size_t h, const Item& item, Literal is, std::vector<std::uint32_t>& images,
                      Cases<Item>& to) {
    Machine::Layer& layer = m_.layers_[l];
    if (++combinations_ > most_combinations)
        throw base::Unsupported("a layer may make more than 2^20 combinations of vectors");
    if (h == layer.heads.size()) {
        to[result(l, item, images)].push_back(is);
        return;
    }
    for (const auto& [image, literal] : this->images(layer.heads[h], seats_[l][h], item)) {
        const Literal now = both(is, literal);
        if (now == bottom) continue;
        images.push_back(image);
        choose(l, h + 1, item, now, images, to);
        images.pop_back();
    }
}

/// The number of what a head brings, plus 1; 0: nothing.
std::map<std::uint32_t, Literal> Symbolic::images(Machine::Head& head, const Seat& seat, const Item& asker) {
    HeadMachine& machine = head.machine;
    const HeadMachine::Query q = query(head, asker);
    const auto reg =
        std::find_if(seat.registers.begin(), seat.registers.end(), [&](const Register& r) { return r.query == q; });
    Cases<Find> found;
    if (reg == seat.registers.end()) {
        found[{}].push_back(top);
    } else {
        found[{}].push_back(reg->empty);
        for (std::size_t k = 0; k < reg->kinds.size(); ++k)
            found[{reg->kinds[k], {Place::Kind::old, 0}}].push_back(reg->is[k]);
    }
    for (std::size_t d = seat.is.size(); d > 0; --d) {
        const Finds before = merged(found);
        found.clear();
        const Place place{Place::Kind::near, static_cast<std::int64_t>(d)};
        meet(head, before, place, {}, seat.empty[d - 1], found);
        for (std::size_t v = 0; v < seat.near.size(); ++v)
            if (seat.is[d - 1][v] != bottom)
                meet(head, before, place, kind(head, q, seat.near[v]), seat.is[d - 1][v], found);
    }
    if (machine.sees_itself()) {
        const Finds before = merged(found);
        found.clear();
        meet(head, before, {Place::Kind::near, 0}, kind(head, q, asker), top, found);
    }
    Cases<std::uint32_t> brought;
    for (const auto& [find, literal] : merged(found))
        brought[find.kind ? machine.image_number(*find.kind) + 1 : 0].push_back(literal);
    return merged(brought);
}

/// Each of what was found further left against what is at a place.
void Symbolic::meet(Machine::Head& head, const Finds& from, Place place, std::optional<Kind> kind, Literal literal,
                    Cases<Find>& to) {
    for (const auto& [find, is] : from) {
        const Literal now = both(is, literal);
        if (now == bottom) continue;
        const bool later = kind && (!find.kind || head.machine.later_wins(find.where, *find.kind, place, *kind));
        to[later ? Find{kind, place} : find].push_back(now);
    }
}

Symbolic::Item Symbolic::result(std::size_t l, const Item& item, const std::vector<std::uint32_t>& images) {
    const Machine::Layer& layer = m_.layers_[l];
    Form x = m_.forms_[item.form];
    if (layer.layer->attention) {
        std::vector<const exact::Vector*> brought;
        for (std::size_t h = 0; h < images.size(); ++h)
            brought.push_back(images[h] == 0 ? nullptr : &layer.heads[h].machine.image_of(images[h] - 1));
        x = m_.attend(layer, x, brought);
    }
    return this->item(m_.feed_forward(l, std::move(x), item.phase), item.phase);
}

/// What the heads of a layer remember after a position.
void Symbolic::update(std::size_t l, const Values& items) {
    Cases<Item> cases;
    for (const auto& [item, is] : items) cases[stored(l, item)].push_back(is);
    const Values here = merged(cases);
    for (std::size_t h = 0; h < seats_[l].size(); ++h) {
        Machine::Head& head = m_.layers_[l].heads[h];
        if (!head.machine.sees_left()) continue;
        const Seat& before = seats_[l][h];
        Seat& after = next_[l][h];
        Values leaving = here;
        Literal nothing_leaves = bottom;
        if (!before.is.empty()) {
            leaving.clear();
            for (std::size_t v = 0; v < before.near.size(); ++v) leaving[before.near[v]] = before.is.back()[v];
            nothing_leaves = before.empty.back();
            for (std::size_t d = before.is.size() - 1; d > 0; --d) after.is[d] = before.is[d - 1];
            for (std::size_t v = 0; v < before.near.size(); ++v) {
                const auto at = here.find(before.near[v]);
                after.is[0][v] = at == here.end() ? bottom : at->second;
            }
        }
        update(head, before, after, leaving, nothing_leaves);
    }
}

/// The position that leaves the window against the best before it.
void Symbolic::update(Machine::Head& head, const Seat& before, Seat& after, const Values& leaving,
                      Literal nothing_leaves) {
    const Place old{Place::Kind::old, 0};
    for (std::size_t r = 0; r < before.registers.size(); ++r) {
        const Register& reg = before.registers[r];
        Cases<Kind> cases;
        for (const auto& [item, is] : leaving) cases[kind(head, reg.query, item)].push_back(is);
        const std::map<Kind, Literal> comers = merged(cases);
        for (std::size_t k = 0; k < reg.kinds.size(); ++k) {
            const Kind mine = reg.kinds[k];
            std::vector<Literal> yields{reg.empty}, stays{nothing_leaves};
            bool always_yields = true, always_stays = true;
            for (std::size_t o = 0; o < reg.kinds.size(); ++o) {
                const bool wins = o == k || head.machine.later_wins(old, reg.kinds[o], old, mine);
                if (wins) yields.push_back(reg.is[o]);
                else always_yields = false;
            }
            for (const auto& [comer, is] : comers) {
                const bool loses = comer == mine || !head.machine.later_wins(old, mine, old, comer);
                if (loses) stays.push_back(is);
                else always_stays = false;
            }
            const auto comes = comers.find(mine);
            const Literal taken =
                comes == comers.end() ? bottom : both(comes->second, always_yields ? top : any(yields));
            after.registers[r].is[k] = any({taken, both(reg.is[k], always_stays ? top : any(stays))});
        }
    }
}

Literal Symbolic::accepted(const Values& items) {
    std::vector<Literal> accepting;
    for (const auto& [item, is] : items)
        if (m_.accepts(m_.forms_[item.form], item.phase)) accepting.push_back(is);
    return any(accepting);
}

/// One position through all layers.
///
/// moves    whether what it holds is remembered
/// answers  whether what the last layer makes of it is asked for
Symbolic::Values Symbolic::pass(Values items, bool moves, bool answers) {
    const std::size_t layers = answers ? m_.layers_.size() : m_.attending_;
    for (std::size_t l = 0; l < layers; ++l) {
        if (moves && l < m_.attending_) update(l, items);
        if (answers || l + 1 < layers) items = above(l, items);
    }
    return items;
}

}  // namespace attest::induction
