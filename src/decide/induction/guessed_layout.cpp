#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "guessed_step.hpp"

// FORMAT.md, section 40: which values there may be at each boundary, and so which registers, kinds and finds, from below to above.

namespace attest::induction {

using language::Symbol;

namespace {

constexpr std::size_t most_guessed_combinations = std::size_t{1} << 16;

template <typename T>
std::vector<T> list_of(const base::Interner<T>& things) {
    std::vector<T> list;
    for (std::uint32_t k = 0; k < things.size(); ++k) list.push_back(things[k]);
    return list;
}

}  // namespace

bool GuessedStep::looks_right(const Machine& machine) {
    for (const Machine::Layer& layer : machine.layers_)
        for (const Machine::Head& head : layer.heads)
            if (head.machine.sees_right()) return true;
    return false;
}

bool GuessedStep::is_needed(const Machine& machine) {
    for (const Machine::Layer& layer : machine.layers_)
        for (const Machine::Head& head : layer.heads)
            if (head.machine.window() > 0) return true;
    return looks_right(machine);
}

GuessedStep::GuessedStep(Machine& machine) : m_(machine), t_(machine.transformer_) {
    find_phases();
    base::Interner<Value> inner, ends;
    const auto add = [&](Column& column, base::Interner<Value>& values, std::uint32_t symbol, std::uint32_t phase) {
        column.first.push_back(values.number({m_.number(m_.embed(symbol, phase)), phase}));
    };
    for (Symbol a = 0; a < t_.alphabet.size(); ++a)
        for (const std::uint32_t f : letter_phases_) add(inner_, inner, a, f);
    if (t_.begin) add(inner_, inner, Machine::begin, 0);
    for (const std::uint32_t f : letter_phases_)
        if (t_.end) add(ends_, ends, Machine::end, f);
    inner_.values.push_back(list_of(inner));
    ends_.values.push_back(list_of(ends));
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        seats_.emplace_back(m_.layers_[l].heads.size());
        if (l < m_.attending_) add_registers(l);
        if (!t_.end || l + 1 < m_.attending_) move_up(l, inner_);
        if (t_.end) move_up(l, ends_);
    }
}

void GuessedStep::find_phases() {
    const auto from = [&](std::uint32_t f) {
        std::vector<std::uint32_t> list;
        for (; std::find(list.begin(), list.end(), f) == list.end(); f = m_.parameters_.next(f)) list.push_back(f);
        return list;
    };
    phases_ = from(0);
    letter_phases_ = t_.begin ? from(m_.parameters_.next(0)) : phases_;
}

void GuessedStep::count_one() const {
    if (++combinations_ > most_guessed_combinations)
        throw base::Unsupported("a layer may make more than 2^16 combinations of values");
}

GuessedStep::Kind GuessedStep::kind(Machine::Head& head, HeadMachine::Query query, const Value& value) const {
    return head.machine.kind(query, value.form, m_.forms_[value.form], value.phase);
}

HeadMachine::Query GuessedStep::query(Machine::Head& head, const Value& value) const {
    return head.machine.query(value.form, m_.forms_[value.form]);
}

/// Each once, in order.
std::vector<GuessedStep::Kind> GuessedStep::kinds(Machine::Head& head, HeadMachine::Query query,
                                                  std::initializer_list<const std::vector<Value>*> values) const {
    base::Interner<Kind> result;
    for (const auto* some : values)
        for (const Value& value : *some) result.number(kind(head, query, value));
    return list_of(result);
}

bool GuessedStep::guesses() const {
    for (const auto& heads : seats_)
        for (const Seat& seat : heads)
            for (const Register& reg : seat.registers)
                if (!reg.right.empty()) return true;
    return false;
}

/// Whether what is far is never found.
bool GuessedStep::forgets_far(std::size_t l, Machine::Head& head, HeadMachine::Query query,
                              const std::vector<Kind>& inner) const {
    const std::set<Kind> left(inner.begin(), inner.end());
    std::set<Kind> own;
    const auto ask = [&](const Column& column) {
        for (const Value& asker : column.values[l])
            if (this->query(head, asker) == query) own.insert(kind(head, query, asker));
    };
    ask(inner_);
    if (t_.end) ask(ends_);
    return head.machine.forgets({Place::Kind::old, 0}, left, own, left);
}

GuessedStep::Register GuessedStep::make_register(std::size_t l, Machine::Head& head, HeadMachine::Query query) {
    static const std::vector<Value> no_values;
    const std::vector<Value>& inner = inner_.values[l];
    Register reg;
    reg.query = query;
    const std::vector<Kind> of_inner = kinds(head, query, {&inner});
    if (head.machine.sees_left() && !forgets_far(l, head, query, of_inner)) reg.far = of_inner;
    if (!head.machine.sees_right()) return reg;
    reg.right = kinds(head, query, {t_.end ? &ends_.values[l] : &no_values, &inner});
    for (const Kind k : reg.right)
        reg.is_inner.push_back(std::find(of_inner.begin(), of_inner.end(), k) != of_inner.end());
    return reg;
}

/// For each query of those that ask.
void GuessedStep::add_registers(std::size_t l) {
    const bool only_end = l + 1 == m_.attending_ && t_.end;
    for (std::size_t h = 0; h < seats_[l].size(); ++h) {
        Machine::Head& head = m_.layers_[l].heads[h];
        if (!head.machine.sees_left() && !head.machine.sees_right()) continue;
        base::Interner<HeadMachine::Query> asked;
        if (!only_end)
            for (const Value& asker : inner_.values[l]) asked.number(query(head, asker));
        if (t_.end)
            for (const Value& asker : ends_.values[l]) asked.number(query(head, asker));
        for (const HeadMachine::Query q : list_of(asked)) seats_[l][h].registers.push_back(make_register(l, head, q));
    }
}

/// The finds after one more place was looked at.
std::vector<GuessedStep::Find> GuessedStep::meet(Machine::Head& head, const std::vector<Find>& before,
                                                 const std::vector<std::optional<Kind>>& contents, Stage& stage) {
    base::Interner<Find> after;
    for (std::size_t f = 0; f < before.size(); ++f)
        for (std::size_t c = 0; c < contents.size(); ++c) {
            count_one();
            const Find& was = before[f];
            const auto& comes = contents[c];
            const bool later =
                comes && (!was.kind || head.machine.later_wins(was.where, *was.kind, stage.place, *comes));
            stage.meets.push_back({f, c, after.number(later ? Find{comes, stage.place} : was)});
        }
    stage.results = after.size();
    return list_of(after);
}

GuessedStep::Search GuessedStep::search(std::size_t l, std::size_t h, const Value& asker, bool at_end) {
    Machine::Head& head = m_.layers_[l].heads[h];
    const auto& registers = seats_[l][h].registers;
    const HeadMachine::Query q = query(head, asker);
    Search search;
    while (search.reg < registers.size() && registers[search.reg].query != q) ++search.reg;
    const Register* reg = search.reg < registers.size() ? &registers[search.reg] : nullptr;
    std::vector<Find> finds{Find{}};
    if (reg != nullptr)
        for (const Kind k : reg->far) finds.push_back({k, {Place::Kind::old, 0}});
    const auto look = [&](Place place, bool may_be_empty, const std::vector<Kind>& kinds) {
        std::vector<std::optional<Kind>> contents;
        if (may_be_empty) contents.emplace_back();
        contents.insert(contents.end(), kinds.begin(), kinds.end());
        Stage& stage = search.stages.emplace_back();
        stage.place = place;
        stage.may_be_empty = may_be_empty;
        finds = meet(head, finds, contents, stage);
    };
    std::vector<Kind> near;
    if (head.machine.window() > 0)
        for (const Value& value : inner_.values[l]) near.push_back(kind(head, q, value));
    for (std::int64_t d = head.machine.window(); d > 0; --d) look({Place::Kind::near, d}, true, near);
    if (head.machine.sees_itself()) look({Place::Kind::near, 0}, false, {kind(head, q, asker)});
    if (head.machine.sees_right() && !at_end && reg != nullptr) look({Place::Kind::right, 0}, true, reg->right);
    group(head, finds, search);
    return search;
}

/// By what they bring.
void GuessedStep::group(Machine::Head& head, const std::vector<Find>& finds, Search& search) {
    base::Interner<std::optional<std::uint32_t>> images;
    for (std::size_t f = 0; f < finds.size(); ++f) {
        std::optional<std::uint32_t> image;
        if (finds[f].kind) image = head.machine.image_number(*finds[f].kind);
        const std::size_t at = images.number(image);
        search.finds.resize(images.size());
        search.finds[at].push_back(f);
    }
    search.images = list_of(images);
}

void GuessedStep::move_up(std::size_t l, Column& column) {
    Flow flow;
    base::Interner<Value> above;
    for (std::size_t v = 0; v < column.values[l].size(); ++v) {
        const Value& value = column.values[l][v];
        auto& searches = flow.searches.emplace_back();
        for (std::size_t h = 0; h < seats_[l].size(); ++h) searches.push_back(search(l, h, value, &column == &ends_));
        Case now{v, {}, 0};
        combine(l, value, flow, now, above);
    }
    column.flows.push_back(std::move(flow));
    column.values.push_back(list_of(above));
}

/// All that the heads from now.images.size() on may bring.
void GuessedStep::combine(std::size_t l, const Value& value, Flow& flow, Case& now, base::Interner<Value>& above) {
    count_one();
    const std::vector<Search>& searches = flow.searches[now.value];
    const std::size_t h = now.images.size();
    if (h == searches.size()) {
        now.result = above.number(result(l, value, searches, now));
        flow.cases.push_back(now);
        return;
    }
    for (std::size_t k = 0; k < searches[h].images.size(); ++k) {
        now.images.push_back(k);
        combine(l, value, flow, now, above);
        now.images.pop_back();
    }
}

GuessedStep::Value GuessedStep::result(std::size_t l, const Value& value, const std::vector<Search>& searches,
                                       const Case& now) {
    const Machine::Layer& layer = m_.layers_[l];
    Form x = m_.forms_[value.form];
    if (layer.layer->attention) {
        std::vector<const exact::Vector*> brought;
        for (std::size_t h = 0; h < now.images.size(); ++h) {
            const auto& image = searches[h].images[now.images[h]];
            brought.push_back(image ? &layer.heads[h].machine.image_of(*image) : nullptr);
        }
        x = m_.attend(layer, x, brought);
    }
    return {m_.number(m_.feed_forward(l, std::move(x), value.phase)), value.phase};
}

}  // namespace attest::induction
