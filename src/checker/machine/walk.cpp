#include "checker/machine/walk.hpp"

#include "checker/kernel/defect.hpp"

namespace attest::checker {

void Walk::Said::add(std::optional<bool> answer) {
    accepts |= answer == true;
    rejects |= answer == false;
}

Walk::Walk(const Model& model, const std::vector<Symbol>& alphabet, Sequence& machine, Budget& budget)
    : model_(model),
      symbols_(alphabet),
      letters_(alphabet.size()),
      begin_(letters_),
      end_(letters_ + 1),
      machine_(machine),
      budget_(budget) {
    symbols_.push_back(model.begin.value_or(Symbol()));
    symbols_.push_back(model.end.value_or(Symbol()));
    if (machine.goes_one_way()) one_way_.emplace(machine, symbols_, budget);
}

Walk::State Walk::keep(const Sequence::Memory& memory) {
    budget_.step(32 + 4 * memory.size());
    const auto [at, is_new] = numbers_.try_emplace(memory, static_cast<State>(memories_.size()));
    if (is_new) {
        budget_.memory(128 + 4 * memory.size());
        memories_.push_back(&at->first);
    }
    return at->second;
}

std::vector<Walk::State> Walk::starts() {
    if (one_way_) {
        if (!model_.begin) return {one_way_->start()};
        const auto after = one_way_->read(one_way_->start(), begin_).after;
        return after ? std::vector<State>{*after} : std::vector<State>{};
    }
    if (!model_.begin) return {keep(machine_.start())};
    std::vector<State> all;
    for (const Sequence::Memory& memory : machine_.read(machine_.start(), *model_.begin)) all.push_back(keep(memory));
    return all;
}

Walk::Said Walk::empty_word() {
    Said said;
    if (model_.end)
        for (const State state : starts()) said.add(at_end(state));
    else if (one_way_) said.add(one_way_->finish(one_way_->start(), begin_));
    else said.add(machine_.finish(machine_.start(), *model_.begin));
    return said;
}

const Walk::Reading& Walk::read(State state, std::size_t symbol) {
    if (one_way_) {
        read_one_way(state, symbol);
        return reading_;
    }
    if (readings_.size() <= state) {
        budget_.memory(24 * (memories_.size() - readings_.size()));
        readings_.resize(memories_.size());
    }
    if (readings_[state].empty()) {
        budget_.memory(48 * letters_ + 64);
        readings_[state].resize(letters_);
    }
    if (readings_[state][symbol]) return *readings_[state][symbol];
    Reading reading;
    const Sequence::Memory& memory = *memories_[state];
    if (!model_.end) reading.said.add(machine_.finish(memory, symbols_[symbol]));
    for (const Sequence::Memory& after : machine_.read(memory, symbols_[symbol])) reading.after.push_back(keep(after));
    if (model_.end)
        for (const State after : reading.after) reading.said.add(at_end(after));
    budget_.memory(8 * reading.after.size());
    return readings_[state][symbol].emplace(std::move(reading));
}

void Walk::read_one_way(State state, std::size_t symbol) {
    const OneWay::Met met = one_way_->read(state, symbol);
    reading_.after.clear();
    reading_.said = {};
    if (met.after) reading_.after.push_back(*met.after);
    reading_.said.add(model_.end ? met.after ? at_end(*met.after) : std::nullopt : met.answer);
    if (!reading_.said.accepts && !reading_.said.rejects && !machine_.has_learned())
        throw Defect("model.json", "nothing is known of what it says of a word");
}

std::optional<bool> Walk::at_end(State state) {
    if (one_way_) return one_way_->finish(state, end_);
    const auto found = ends_.find(state);
    if (found != ends_.end()) return found->second;
    budget_.memory(64);
    return ends_.emplace(state, machine_.finish(*memories_[state], *model_.end)).first->second;
}

}  // namespace attest::checker
