#include <algorithm>

#include "attest/base/error.hpp"
#include "step_circuit.hpp"

// FORMAT.md, section 31: which values there may be at each boundary, and so which registers and kinds, from below to above.

namespace attest::induction {

using language::Symbol;

namespace {

constexpr std::size_t most_value_combinations = std::size_t{1} << 20;

}  // namespace

StepMachine::StepMachine(Machine& machine) : m_(machine), t_(machine.transformer_) {
    find_letter_phases();
    std::vector<std::uint32_t> letters;
    for (Symbol a = 0; a < t_.alphabet.size(); ++a) letters.push_back(a);
    start_column(letters_, letters);
    if (t_.end) start_column(ends_, {Machine::end});
    if (t_.begin) begin_ = Value{m_.number(m_.embed(Machine::begin, 0)), 0};
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        seats_.emplace_back(m_.layers_[l].heads.size());
        if (l < m_.attending_) add_registers(l);
        const auto move_up = [&](Column& column) {
            std::vector<Value> above;
            column.flows.push_back(flow(l, column.values[l], above));
            column.values.push_back(std::move(above));
        };
        if (!t_.end || l + 1 < m_.attending_) move_up(letters_);
        if (t_.end) move_up(ends_);
        if (begin_ && l + 1 < m_.attending_) move_begin(l);
    }
}

void StepMachine::find_letter_phases() {
    std::uint32_t f = t_.begin ? m_.parameters_.next(0) : 0;
    while (std::find(phases_.begin(), phases_.end(), f) == phases_.end()) {
        phases_.push_back(f);
        f = m_.parameters_.next(f);
    }
}

/// Boundary 0; its flow has for each symbol and phase a case.
void StepMachine::start_column(Column& column, const std::vector<std::uint32_t>& symbols) {
    base::Interner<Value> values;
    Flow flow;
    for (const std::uint32_t symbol : symbols)
        for (const std::uint32_t phase : phases_) {
            const std::size_t asker = flow.cases.size();
            flow.cases.push_back({asker, {}, values.number({m_.number(m_.embed(symbol, phase)), phase})});
        }
    std::vector<Value>& list = column.values.emplace_back();
    for (std::uint32_t v = 0; v < values.size(); ++v) list.push_back(values[v]);
    column.flows.push_back(std::move(flow));
}

StepMachine::Kind StepMachine::kind(Machine::Head& head, HeadMachine::Query query, const Value& value) const {
    return head.machine.kind(query, value.form, m_.forms_[value.form], value.phase);
}

HeadMachine::Query StepMachine::query(Machine::Head& head, const Value& value) const {
    return head.machine.query(value.form, m_.forms_[value.form]);
}

/// Of two far positions.
bool StepMachine::first_wins(Machine::Head& head, Kind left, Kind right) const {
    const Place old{Place::Kind::old, 0};
    return !head.machine.later_wins(old, left, old, right);
}

void StepMachine::add_registers(std::size_t l) {
    const bool only_end = l + 1 == m_.attending_ && t_.end;
    for (std::size_t h = 0; h < seats_[l].size(); ++h) {
        Machine::Head& head = m_.layers_[l].heads[h];
        if (!head.machine.sees_left()) continue;
        std::vector<Value> askers;
        if (!only_end) askers = letters_.values[l];
        if (t_.end) askers.insert(askers.end(), ends_.values[l].begin(), ends_.values[l].end());
        for (const Value& asker : askers) {
            const HeadMachine::Query q = query(head, asker);
            auto& registers = seats_[l][h];
            if (std::any_of(registers.begin(), registers.end(), [&](const Register& r) { return r.query == q; }))
                continue;
            Register& reg = registers.emplace_back();
            reg.query = q;
            if (begin_) reg.kinds.push_back(kind(head, q, *begin_));
            for (const Value& value : letters_.values[l]) {
                const Kind k = kind(head, q, value);
                if (std::find(reg.kinds.begin(), reg.kinds.end(), k) == reg.kinds.end()) reg.kinds.push_back(k);
            }
        }
    }
}

std::vector<StepMachine::Find> StepMachine::finds(Machine::Head& head, const Register* found, const Value& asker) {
    std::vector<Find> finds;
    const HeadMachine::Query q = query(head, asker);
    const auto add = [&](std::size_t entry, std::optional<Kind> what) {
        if (head.machine.sees_itself()) {
            const Kind own = kind(head, q, asker);
            const Place old{Place::Kind::old, 0}, itself{Place::Kind::near, 0};
            if (!what || head.machine.later_wins(old, *what, itself, own)) what = own;
        }
        std::optional<std::uint32_t> image;
        if (what) image = head.machine.image_number(*what);
        const auto at = std::find_if(finds.begin(), finds.end(), [&](const Find& f) { return f.image == image; });
        if (at != finds.end()) at->entries.push_back(entry);
        else finds.push_back({image, {entry}});
    };
    const std::size_t kinds = found == nullptr ? 0 : found->kinds.size();
    if (found == nullptr || !t_.begin) add(kinds, std::nullopt);
    for (std::size_t k = 0; k < kinds; ++k) add(k, found->kinds[k]);
    return finds;
}

StepMachine::Flow StepMachine::flow(std::size_t l, const std::vector<Value>& values, std::vector<Value>& above) {
    Flow flow;
    base::Interner<Value> results;
    for (std::size_t v = 0; v < values.size(); ++v) {
        Asker& asker = flow.askers.emplace_back();
        for (std::size_t h = 0; h < seats_[l].size(); ++h) {
            Machine::Head& head = m_.layers_[l].heads[h];
            const auto& registers = seats_[l][h];
            const HeadMachine::Query q = query(head, values[v]);
            const auto at =
                std::find_if(registers.begin(), registers.end(), [&](const Register& r) { return r.query == q; });
            if (at == registers.end()) asker.registers.emplace_back();
            else asker.registers.emplace_back(static_cast<std::size_t>(at - registers.begin()));
            asker.finds.push_back(finds(head, at == registers.end() ? nullptr : &*at, values[v]));
        }
        Case now{v, {}, 0};
        combine(l, flow, now, values, results);
    }
    for (std::uint32_t v = 0; v < results.size(); ++v) above.push_back(results[v]);
    return flow;
}

/// All that the heads from now.finds.size() on may find.
void StepMachine::combine(std::size_t l, Flow& flow, Case& now, const std::vector<Value>& values,
                          base::Interner<Value>& above) {
    if (++combinations_ > most_value_combinations)
        throw base::Unsupported("a layer may make more than 2^20 combinations of values");
    const std::size_t h = now.finds.size();
    if (h == seats_[l].size()) {
        flow.cases.push_back({now.asker, now.finds, above.number(result(l, values[now.asker], flow, now))});
        return;
    }
    const std::size_t count = flow.askers[now.asker].finds[h].size();
    for (std::size_t f = 0; f < count; ++f) {
        now.finds.push_back(f);
        combine(l, flow, now, values, above);
        now.finds.pop_back();
    }
}

StepMachine::Value StepMachine::result(std::size_t l, const Value& value, const Flow& flow, const Case& now) {
    const Machine::Layer& layer = m_.layers_[l];
    Form x = m_.forms_[value.form];
    if (layer.layer->attention) {
        std::vector<const exact::Vector*> brought;
        for (std::size_t h = 0; h < now.finds.size(); ++h) {
            const Find& find = flow.askers[now.asker].finds[h][now.finds[h]];
            brought.push_back(find.image ? &layer.heads[h].machine.image_of(*find.image) : nullptr);
        }
        x = m_.attend(layer, x, brought);
    }
    return {m_.number(m_.feed_forward(l, std::move(x), value.phase)), value.phase};
}

/// The begin symbol finds itself, or nothing.
void StepMachine::move_begin(std::size_t l) {
    Machine::Layer& layer = m_.layers_[l];
    Form x = m_.forms_[begin_->form];
    if (layer.layer->attention) {
        std::vector<const exact::Vector*> brought;
        for (Machine::Head& head : layer.heads) {
            const bool itself = head.machine.sees_itself();
            brought.push_back(
                itself ? &head.machine.image_of(head.machine.image_number(kind(head, query(head, *begin_), *begin_)))
                       : nullptr);
        }
        x = m_.attend(layer, x, brought);
    }
    begin_ = Value{m_.number(m_.feed_forward(l, std::move(x), begin_->phase)), begin_->phase};
}

}  // namespace attest::induction
