#include "checker/machine/one_way.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 21, "The machine": what is the same for many memories is done once. Between layers goes the number of a vector.

namespace attest::checker {
namespace {

std::uint64_t joined(std::uint64_t high, std::uint64_t low) { return high << 32 | low; }

}  // namespace

OneWay::OneWay(Sequence& machine, const std::vector<std::string>& symbols, Budget& budget)
    : machine_(machine), budget_(budget), answers_(budget), states_(budget), symbols_(symbols) {
    for (std::size_t l = 0; l < machine.attending(); ++l) layers_.emplace_back(budget);
    budget.memory(8 * symbols.size(), machine.phases());
    embedded_.resize(symbols.size() * machine.phases());
}

OneWay::State OneWay::start() {
    List above = 0;
    for (std::size_t l = layers_.size(); l-- > 0;) above = list(l, part(layers_[l], machine_.start_of(l)), above);
    return state(0, above);
}

OneWay::Met OneWay::read(State state, std::size_t symbol) {
    const auto [phase, list] = phase_and_list_[state];
    const Result result = meet(0, list, embedded(symbol, phase), phase, false);
    Met met;
    if (result.after != none) met.after = this->state(machine_.phase_after(phase), result.after);
    if (result.answer != unknown) met.answer = result.answer == accepts;
    return met;
}

std::optional<bool> OneWay::finish(State state, std::size_t symbol) {
    const auto [phase, list] = phase_and_list_[state];
    const Result result = meet(0, list, embedded(symbol, phase), phase, true);
    return result.answer == unknown ? std::nullopt : std::optional(result.answer == accepts);
}

std::uint32_t OneWay::part(Layer& layer, const Sequence::Memory& memory) {
    budget_.step(16 + 4 * memory.size());
    const auto [at, is_new] = layer.part_numbers.try_emplace(memory, static_cast<std::uint32_t>(layer.parts.size()));
    if (is_new) {
        budget_.memory(128 + 4 * memory.size());
        layer.parts.push_back(&at->first);
    }
    return at->second;
}

OneWay::List OneWay::list(std::size_t l, std::uint32_t part, List above) {
    Layer& layer = layers_[l];
    if (const std::uint64_t* known = layer.lists.find(joined(part, above))) return static_cast<List>(*known);
    const auto number = static_cast<List>(layer.part_and_above.size());
    budget_.memory(2 * sizeof(layer.part_and_above[0]));
    layer.part_and_above.emplace_back(part, above);
    layer.lists.insert(joined(part, above), number);
    return number;
}

OneWay::State OneWay::state(std::size_t phase, List list) {
    if (const std::uint64_t* known = states_.find(joined(phase, list))) return static_cast<State>(*known);
    const auto number = static_cast<State>(phase_and_list_.size());
    budget_.memory(2 * sizeof(phase_and_list_[0]));
    phase_and_list_.emplace_back(static_cast<std::uint32_t>(phase), list);
    states_.insert(joined(phase, list), number);
    return number;
}

std::uint32_t OneWay::embedded(std::size_t symbol, std::size_t phase) {
    std::optional<std::uint32_t>& line = embedded_[phase * symbols_.size() + symbol];
    if (!line) line = machine_.number(machine_.embedded(symbols_[symbol], phase));
    return *line;
}

/// What the layers from l on do. A letter of a model without attention that is not read at letters is asked for nothing, and
/// is told nothing: the answers are those of last positions alone.
OneWay::Result OneWay::meet(std::size_t l, List list, std::uint32_t line, std::size_t phase, bool is_last) {
    if (l == layers_.size() && !is_last && !machine_.letters_end()) return {list, unknown};
    const std::uint64_t held = line * machine_.phases() + phase;
    KeyTable& table = l == layers_.size() ? answers_ : layers_[l].met[is_last ? 1 : 0];
    if (const std::uint64_t* known = table.find(joined(list, held)))
        return {static_cast<List>(*known >> 32), static_cast<std::uint32_t>(*known)};
    const Result result = work_out(l, list, line, phase, is_last);
    table.insert(joined(list, held), joined(result.after, result.answer));
    return result;
}

OneWay::Result OneWay::work_out(std::size_t l, List list, std::uint32_t line, std::size_t phase, bool is_last) {
    if (l == layers_.size()) return {list, machine_.answer(line, phase) ? accepts : rejects};
    const auto [mine, above] = layers_[l].part_and_above[list];
    const Risen risen = rise(l, mine, line, phase, is_last);
    if (is_last) return {none, risen.line == none ? unknown : meet(l + 1, above, risen.line, phase, true).answer};
    if (l + 1 == layers_.size()) {
        Result result{this->list(l, risen.part, above), unknown};
        if (machine_.letters_end()) result.answer = meet(l, list, line, phase, true).answer;
        return result;
    }
    if (risen.line == none) return {};
    Result result = meet(l + 1, above, risen.line, phase, false);
    if (result.after != none) result.after = this->list(l, risen.part, result.after);
    return result;
}

/// What layer l alone does.
OneWay::Risen OneWay::rise(std::size_t l, std::uint32_t part, std::uint32_t line, std::size_t phase, bool is_last) {
    Layer& layer = layers_[l];
    KeyTable& table = layer.rises[is_last ? 1 : 0];
    const std::uint64_t asked = joined(part, line * machine_.phases() + phase);
    if (const std::uint64_t* known = table.find(asked))
        return {static_cast<std::uint32_t>(*known >> 32), static_cast<std::uint32_t>(*known)};
    const Sequence::Risen risen = machine_.rise(l, *layer.parts[part], line, phase, is_last);
    const Risen result{this->part(layer, risen.part), risen.line.value_or(none)};
    table.insert(asked, joined(result.part, result.line));
    return result;
}

}  // namespace attest::checker
