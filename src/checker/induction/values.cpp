#include "checker/induction/values.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 31, "Values" and "Registers".

namespace attest::checker {

LayerRules::LayerRules(const Question& question, const Scale& scale, Budget& budget)
    : model_(*question.model), scale_(scale), budget_(budget), sequence_(model_, scale, budget) {}

std::vector<std::size_t> LayerRules::phases_from(std::size_t phase) const {
    std::vector<std::size_t> phases;
    for (; std::find(phases.begin(), phases.end(), phase) == phases.end(); phase = scale_.after(phase))
        phases.push_back(phase);
    return phases;
}

PossibleValues::PossibleValues(const Question& question, const Scale& scale, Budget& budget)
    : LayerRules(question, scale, budget) {
    for (std::size_t l = 0; l < model_.layers.size(); ++l) {
        if (!model_.layers[l].attention) continue;
        for (std::size_t h = 0; h < model_.layers[l].attention->heads.size(); ++h)
            if (sequence_.preference(l, h).sees_right())
                throw Defect(model_.layers[l].attention->heads[h].place,
                             "an invariant needs heads that see to the left");
    }
    letter_phases = phases_from(model_.begin ? scale.after(0) : 0);
    start(letters, question.alphabet);
    if (model_.end) start(ends, {*model_.end});
    if (model_.begin) begin_ = HeldValue{sequence_.embedded(*model_.begin, 0), 0};
    const std::size_t top = sequence_.attending();
    registers.resize(model_.layers.size());
    for (std::size_t l = 0; l < model_.layers.size(); ++l) {
        add_registers(l);
        if (!model_.end || l + 1 < top) move_up(letters, l);
        if (model_.end) move_up(ends, l);
        if (begin_ && l + 1 < top) move_begin(l);
    }
}

std::size_t LayerRules::place(std::vector<HeldValue>& values, HeldValue value) {
    budget_.step(values.size(), 8);
    const auto at = std::find(values.begin(), values.end(), value);
    if (at != values.end()) return static_cast<std::size_t>(at - values.begin());
    budget_.memory(128 + 128 * value.line.fixed.size());
    values.push_back(std::move(value));
    return values.size() - 1;
}

void PossibleValues::start(ValueColumn& column, const std::vector<std::string>& symbols) {
    column.values.emplace_back();
    for (const std::string& symbol : symbols)
        for (const std::size_t phase : letter_phases)
            column.first.push_back(place(column.values[0], {sequence_.embedded(symbol, phase), phase}));
}

std::size_t LayerRules::kind(std::size_t layer, std::size_t head, std::size_t query, const HeldValue& value) {
    return sequence_.preference(layer, head).kind_of(query, value.line, value.phase);
}

bool LayerRules::accepted(const HeldValue& value) { return sequence_.accepts(value.line, scale_.phase(value.phase)); }

void PossibleValues::add_registers(std::size_t layer) {
    if (!model_.layers[layer].attention) return;
    const bool only_end = model_.end && layer + 1 == sequence_.attending();
    registers[layer].resize(model_.layers[layer].attention->heads.size());
    for (std::size_t h = 0; h < registers[layer].size(); ++h) {
        Preference& preference = sequence_.preference(layer, h);
        if (!preference.sees_left()) continue;
        std::vector<HeldValue> asking;
        if (!only_end) asking = letters.values[layer];
        if (model_.end) asking.insert(asking.end(), ends.values[layer].begin(), ends.values[layer].end());
        std::set<std::size_t> queries;
        for (const HeldValue& value : asking) {
            const std::size_t query = preference.query_of(value.line);
            if (!queries.insert(query).second) continue;
            KindRegister reg{query, {}};
            std::set<std::size_t> known;
            const auto add = [&](const HeldValue& there) {
                const std::size_t found = kind(layer, h, query, there);
                if (known.insert(found).second) reg.kinds.push_back(found);
            };
            if (begin_) add(*begin_);
            for (const HeldValue& there : letters.values[layer]) add(there);
            budget_.memory(64 + 8 * reg.kinds.size());
            registers[layer][h].push_back(std::move(reg));
        }
    }
}

std::vector<HeadFind> PossibleValues::finds(std::size_t layer, std::size_t head, const KindRegister* found,
                                            const HeldValue& asker) {
    Preference& preference = sequence_.preference(layer, head);
    std::vector<HeadFind> finds;
    const auto add = [&](std::size_t entry, std::optional<std::size_t> what) {
        if (preference.sees_itself()) {
            const std::size_t own = kind(layer, head, preference.query_of(asker.line), asker);
            if (!what || preference.certainly_later(is_far, *what, 0, own)) what = own;
        }
        budget_.step(finds.size(), 8);
        const auto same = [&](const HeadFind& find) {
            if (!what || !find.kind) return !what && !find.kind;
            return preference.brings(*what) == preference.brings(*find.kind);
        };
        const auto at = std::find_if(finds.begin(), finds.end(), same);
        if (at == finds.end()) finds.push_back({what, {entry}});
        else at->entries.push_back(entry);
    };
    const std::size_t kinds = found == nullptr ? 0 : found->kinds.size();
    if (found == nullptr || !model_.begin) add(kinds, std::nullopt);
    for (std::size_t k = 0; k < kinds; ++k) add(k, found->kinds[k]);
    return finds;
}

HeldValue LayerRules::rest(std::size_t layer, const HeldValue& value,
                           const std::vector<std::optional<std::size_t>>& kinds) {
    const Layer& l = model_.layers[layer];
    Line y = value.line;
    if (l.attention) {
        if (!l.attention->residual) y = {Vector(model_.dimension), Vector(model_.dimension)};
        for (std::size_t h = 0; h < kinds.size(); ++h)
            if (kinds[h]) add_to(y.fixed, sequence_.preference(layer, h).brings(*kinds[h]), budget_);
    }
    try {
        if (l.feedforward) y = feed_forward(*l.feedforward, y, scale_.phase(value.phase), budget_);
    } catch (const Defect& defect) {
        throw Defect(defect.place().empty() ? l.place + ".feedforward" : defect.place(), defect.what());
    }
    return {std::move(y), value.phase};
}

ValueStep PossibleValues::step(std::size_t layer, const HeldValue& value, std::vector<HeldValue>& above) {
    ValueStep step;
    const std::size_t heads = registers[layer].size();
    for (std::size_t h = 0; h < heads; ++h) {
        const std::size_t query = sequence_.preference(layer, h).query_of(value.line);
        const KindRegister* found = nullptr;
        for (const KindRegister& reg : registers[layer][h])
            if (reg.query == query) found = &reg;
        step.registers.push_back(found);
        step.finds.push_back(finds(layer, h, found, value));
    }
    std::vector<std::size_t> chosen(heads, 0);
    for (bool more = true; more;) {
        budget_.step(64 + 16 * heads);
        budget_.memory(64 + 8 * heads);
        std::vector<std::optional<std::size_t>> kinds;
        for (std::size_t h = 0; h < heads; ++h) kinds.push_back(step.finds[h][chosen[h]].kind);
        step.cases.emplace_back(chosen, place(above, rest(layer, value, kinds)));
        more = false;
        for (std::size_t h = heads; h-- > 0 && !more;) {
            more = ++chosen[h] < step.finds[h].size();
            if (!more) chosen[h] = 0;
        }
    }
    return step;
}

void PossibleValues::move_up(ValueColumn& column, std::size_t layer) {
    std::vector<HeldValue> above;
    auto& steps = column.steps.emplace_back();
    for (const HeldValue& value : column.values[layer]) steps.push_back(step(layer, value, above));
    column.values.push_back(std::move(above));
}

/// At position 1 a head finds the position itself, or nothing.
void PossibleValues::move_begin(std::size_t layer) {
    std::vector<std::optional<std::size_t>> kinds;
    for (std::size_t h = 0; h < registers[layer].size(); ++h) {
        Preference& preference = sequence_.preference(layer, h);
        auto& found = kinds.emplace_back();
        if (preference.sees_itself()) found = kind(layer, h, preference.query_of(begin_->line), *begin_);
    }
    begin_ = rest(layer, *begin_, kinds);
}

}  // namespace attest::checker
