#include "checker/machine/one_way.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 21, "The machine": what is the same for many memories is done once. Between layers goes the number of a vector.

namespace attest::checker {
namespace {

std::uint32_t narrow(std::size_t x) { return static_cast<std::uint32_t>(x); }

}  // namespace

OneWay::OneWay(Sequence& machine, const std::vector<std::string>& symbols, Budget& budget)
    : machine_(machine), budget_(budget), last_inputs_(budget), states_(budget), symbols_(symbols) {
    for (std::size_t l = 0; l < machine.attending(); ++l) layers_.emplace_back(budget);
    budget.memory(8 * symbols.size(), machine.phases());
    embedded_.resize(symbols.size() * machine.phases());
}

OneWay::State OneWay::start() {
    List above = 0;
    for (std::size_t l = layers_.size(); l-- > 0;)
        above = number(layers_[l].lists, above, part(layers_[l], machine_.start_of(l)));
    return number(states_, above, 0);
}

OneWay::Met OneWay::read(State state, std::size_t symbol) {
    const auto [list, phase] = states_.pairs[state];
    const Result result = first_layer(list, embedded(symbol, phase), false);
    Met met;
    if (result.after != none) met.after = number(states_, result.after, narrow(machine_.phase_after(phase)));
    if (result.answer != unknown) met.answer = result.answer == accepts;
    return met;
}

std::optional<bool> OneWay::finish(State state, std::size_t symbol) {
    const auto [list, phase] = states_.pairs[state];
    const Result result = first_layer(list, embedded(symbol, phase), true);
    return result.answer == unknown ? std::nullopt : std::optional(result.answer == accepts);
}

std::uint32_t OneWay::part(Layer& layer, const Sequence::Memory& memory) {
    budget_.step(16 + 4 * memory.size());
    const auto [at, is_new] = layer.part_numbers.try_emplace(memory, narrow(layer.parts.size()));
    if (is_new) {
        budget_.memory(128 + 4 * memory.size());
        layer.parts.push_back(&at->first);
    }
    return at->second;
}

std::uint32_t OneWay::number(Numbered& known, std::uint32_t first, std::uint32_t second) {
    const std::uint32_t found = known.numbers.find(first, second);
    if (found != PairTable::none) return found;
    const std::size_t number = known.pairs.size();
    if (number == most_lists) throw Defect("limits", "there is too much to remember");
    budget_.memory(2 * sizeof(known.pairs[0]));
    known.pairs.emplace_back(first, second);
    known.numbers.insert(first, second, narrow(number));
    return narrow(number);
}

std::uint32_t OneWay::embedded(std::size_t symbol, std::size_t phase) {
    std::optional<std::uint32_t>& input = embedded_[phase * symbols_.size() + symbol];
    if (!input) input = number(inputs(0), machine_.number(machine_.embedded(symbols_[symbol], phase)), narrow(phase));
    return *input;
}

/// All layers. A letter of a model without attention that is not read at letters is asked for nothing, and is told nothing.
OneWay::Result OneWay::first_layer(List list, std::uint32_t input, bool is_last) {
    if (!layers_.empty()) return work_out(0, list, input, is_last);
    return {list, is_last || machine_.letters_end() ? answer(input) : unknown};
}

/// What the layers from l on do, one of them at least below: it is worked out once.
OneWay::Result OneWay::meet(std::size_t l, List list, std::uint32_t input, bool is_last) {
    if (l == layers_.size()) return {list, answer(input)};
    PairTable& met = layers_[l].met[is_last ? 1 : 0];
    const std::uint32_t known = met.find(list, input);
    if (known != PairTable::none) return {known >> 2 == most_lists ? none : known >> 2, known & 3};
    const Result result = work_out(l, list, input, is_last);
    met.insert(list, input, std::min(result.after, most_lists) << 2 | result.answer);
    return result;
}

OneWay::Result OneWay::work_out(std::size_t l, List list, std::uint32_t input, bool is_last) {
    const auto [above, mine] = layers_[l].lists.pairs[list];
    const Risen risen = rise(l, mine, input, is_last);
    if (is_last) return {none, risen.input == none ? unknown : meet(l + 1, above, risen.input, true).answer};
    if (l + 1 == layers_.size()) {
        Result result{number(layers_[l].lists, above, risen.part), unknown};
        if (machine_.letters_end()) result.answer = work_out(l, list, input, true).answer;
        return result;
    }
    if (risen.input == none) return {};
    Result result = meet(l + 1, above, risen.input, false);
    if (result.after != none) result.after = number(layers_[l].lists, result.after, risen.part);
    return result;
}

/// What layer l alone does.
OneWay::Risen OneWay::rise(std::size_t l, std::uint32_t part, std::uint32_t input, bool is_last) {
    Layer& layer = layers_[l];
    PairTable& table = layer.risen_at[is_last ? 1 : 0];
    const std::uint32_t known = table.find(part, input);
    if (known != PairTable::none) return layer.risen[known];
    const auto [line, phase] = layer.inputs.pairs[input];
    const Sequence::Risen risen = machine_.rise(l, *layer.parts[part], line, phase, is_last);
    const Risen result{this->part(layer, risen.part), risen.line ? number(inputs(l + 1), *risen.line, phase) : none};
    budget_.memory(2 * sizeof result);
    table.insert(part, input, narrow(layer.risen.size()));
    layer.risen.push_back(result);
    return result;
}

/// Whether the model accepts, if the last position holds this behind the last layer with attention.
std::uint32_t OneWay::answer(std::uint32_t input) {
    if (answers_.size() <= input) {
        budget_.memory(8 * (input + 1 - answers_.size()));
        answers_.resize(input + 1, unknown);
    }
    const auto [line, phase] = last_inputs_.pairs[input];
    if (answers_[input] == unknown) answers_[input] = machine_.answer(line, phase) ? accepts : rejects;
    return answers_[input];
}

}  // namespace attest::checker
