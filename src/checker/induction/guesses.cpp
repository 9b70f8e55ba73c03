#include "checker/induction/guesses.hpp"

#include <algorithm>
#include <set>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 40, "Values", "Registers" and "Finds".

namespace attest::checker {
namespace {

void add_once(std::vector<std::size_t>& list, std::size_t what) {
    if (std::find(list.begin(), list.end(), what) == list.end()) list.push_back(what);
}

}  // namespace

GuessedValues::GuessedValues(const Question& question, const Scale& scale, Budget& budget)
    : LayerRules(question, scale, budget),
      phases(phases_from(0)),
      letter_phases(phases_from(model_.begin ? scale.after(0) : 0)) {
    inner.values.emplace_back();
    ends.values.emplace_back();
    const auto start = [&](GuessedColumn& column, const std::string& symbol, std::size_t phase) {
        column.first.push_back(place(column.values[0], {sequence_.embedded(symbol, phase), phase}));
    };
    for (const std::string& symbol : question.alphabet)
        for (const std::size_t phase : letter_phases) start(inner, symbol, phase);
    if (model_.begin) start(inner, *model_.begin, 0);
    if (model_.end)
        for (const std::size_t phase : letter_phases) start(ends, *model_.end, phase);
    const std::size_t last = sequence_.attending();
    registers.resize(model_.layers.size());
    for (std::size_t l = 0; l < model_.layers.size(); ++l) {
        add_registers(l);
        if (!model_.end || l + 1 < last) move_up(inner, l);
        if (model_.end) move_up(ends, l);
    }
}

bool GuessedValues::has_guesses() const {
    for (const auto& heads : registers)
        for (const auto& of_head : heads)
            for (const GuessedRegister& reg : of_head)
                if (!reg.right.empty()) return true;
    return false;
}

/// Of a layer: the greatest of its heads'.
std::size_t GuessedValues::window(std::size_t layer) {
    long most = 0;
    for (std::size_t h = 0; h < registers[layer].size(); ++h)
        most = std::max(most, sequence_.preference(layer, h).window());
    return static_cast<std::size_t>(most);
}

bool GuessedValues::far_is_out_of_reach(std::size_t layer, std::size_t head, std::size_t query, const Askers& askers,
                                        const std::vector<std::size_t>& inner_kinds) {
    std::set<std::size_t> asking;
    for (const auto& [value, asks] : askers)
        if (asks == query) asking.insert(kind(layer, head, query, *value));
    budget_.step(askers.size());
    const std::set<std::size_t> left(inner_kinds.begin(), inner_kinds.end());
    return sequence_.preference(layer, head).out_of_reach(is_far, left, asking, left);
}

GuessedRegister GuessedValues::make_register(std::size_t layer, std::size_t head, std::size_t query,
                                             const Askers& askers) {
    Preference& preference = sequence_.preference(layer, head);
    GuessedRegister reg;
    reg.query = query;
    std::vector<std::size_t> left;
    for (const HeldValue& value : inner.values[layer]) {
        budget_.step(left.size(), 4);
        add_once(left, kind(layer, head, query, value));
    }
    if (preference.sees_left() && !far_is_out_of_reach(layer, head, query, askers, left)) reg.far = left;
    if (preference.sees_right()) {
        if (model_.end)
            for (const HeldValue& value : ends.values[layer]) add_once(reg.right, kind(layer, head, query, value));
        for (const std::size_t k : left) add_once(reg.right, k);
        for (const std::size_t k : reg.right)
            reg.also_left.push_back(std::find(left.begin(), left.end(), k) != left.end());
    }
    budget_.memory(128 + 8 * reg.far.size() + 16 * reg.right.size());
    return reg;
}

void GuessedValues::add_registers(std::size_t layer) {
    if (!model_.layers[layer].attention) return;
    registers[layer].resize(model_.layers[layer].attention->heads.size());
    const bool only_end = model_.end && layer + 1 == sequence_.attending();
    for (std::size_t h = 0; h < registers[layer].size(); ++h) {
        Preference& preference = sequence_.preference(layer, h);
        if (!preference.sees_left() && !preference.sees_right()) continue;
        std::vector<std::size_t> queries;
        Askers askers;
        const auto ask = [&](const GuessedColumn& column, bool counts) {
            for (const HeldValue& value : column.values[layer]) {
                budget_.step(queries.size(), 4);
                budget_.memory(16);
                askers.emplace_back(&value, preference.query_of(value.line));
                if (counts) add_once(queries, askers.back().second);
            }
        };
        ask(inner, !only_end);
        if (model_.end) ask(ends, true);
        for (const std::size_t query : queries) registers[layer][h].push_back(make_register(layer, h, query, askers));
    }
}

/// Makes what was found what is found then.
GuessedLook GuessedValues::look(Preference& preference, Spot spot, const std::vector<std::optional<std::size_t>>& there,
                                std::vector<Find>& finds) {
    GuessedLook look;
    look.spot = spot;
    std::vector<Find> then;
    for (std::size_t f = 0; f < finds.size(); ++f)
        for (std::size_t t = 0; t < there.size(); ++t) {
            Find best = finds[f];
            if (there[t] && (!best.first || preference.certainly_later(best.second, *best.first, spot, *there[t])))
                best = {there[t], spot};
            budget_.step(16 + then.size());
            budget_.memory(24);
            const auto at = std::find(then.begin(), then.end(), best);
            look.cases.push_back({f, t, static_cast<std::size_t>(at - then.begin())});
            if (at == then.end()) then.push_back(best);
        }
    look.results = then.size();
    finds = std::move(then);
    return look;
}

GuessedSearch GuessedValues::search(std::size_t layer, std::size_t head, const HeldValue& asker, bool is_end) {
    Preference& preference = sequence_.preference(layer, head);
    const std::size_t query = preference.query_of(asker.line);
    GuessedSearch search;
    for (const GuessedRegister& reg : registers[layer][head])
        if (reg.query == query) search.found_in = &reg;
    std::vector<Find> finds{{std::nullopt, is_far}};
    if (search.found_in != nullptr)
        for (const std::size_t k : search.found_in->far) finds.push_back({k, is_far});
    std::vector<std::optional<std::size_t>> near{std::nullopt}, right{std::nullopt};
    for (const HeldValue& value : inner.values[layer])
        if (preference.window() > 0) near.emplace_back(kind(layer, head, query, value));
    for (Spot d = preference.window(); d >= 1; --d) search.looks.push_back(look(preference, d, near, finds));
    if (preference.sees_itself()) search.looks.push_back(look(preference, 0, {kind(layer, head, query, asker)}, finds));
    if (preference.sees_right() && !is_end && search.found_in != nullptr) {
        right.insert(right.end(), search.found_in->right.begin(), search.found_in->right.end());
        search.looks.push_back(look(preference, is_right, right, finds));
    }
    for (std::size_t f = 0; f < finds.size(); ++f) {
        const auto& what = finds[f].first;
        std::size_t at = 0;
        budget_.step(search.brings.size(), 8);
        for (; at < search.brings.size(); ++at) {
            const auto& known = search.brings[at];
            if (what && known ? preference.brings(*what) == preference.brings(*known) : !what && !known) break;
        }
        if (at == search.brings.size()) search.brings.push_back(what);
        search.finds.resize(search.brings.size());
        search.finds[at].push_back(f);
    }
    return search;
}

/// All combinations of what the heads bring, the first head slowest.
void GuessedValues::add_cases(std::size_t layer, const HeldValue& value, GuessedValueStep& step,
                              std::vector<HeldValue>& above) {
    const std::size_t heads = step.searches.size();
    std::vector<std::size_t> chosen(heads, 0);
    for (bool more = true; more;) {
        budget_.step(64 + 16 * heads);
        budget_.memory(64 + 8 * heads);
        std::vector<std::optional<std::size_t>> kinds;
        for (std::size_t h = 0; h < heads; ++h) kinds.push_back(step.searches[h].brings[chosen[h]]);
        step.cases.emplace_back(chosen, place(above, rest(layer, value, kinds)));
        more = false;
        for (std::size_t h = heads; h-- > 0 && !more;) {
            more = ++chosen[h] < step.searches[h].brings.size();
            if (!more) chosen[h] = 0;
        }
    }
}

void GuessedValues::move_up(GuessedColumn& column, std::size_t layer) {
    std::vector<HeldValue> above;
    auto& steps = column.steps.emplace_back();
    for (const HeldValue& value : column.values[layer]) {
        GuessedValueStep& step = steps.emplace_back();
        for (std::size_t h = 0; h < registers[layer].size(); ++h)
            step.searches.push_back(search(layer, h, value, &column == &ends));
        add_cases(layer, value, step, above);
    }
    column.values.push_back(std::move(above));
}

}  // namespace attest::checker
