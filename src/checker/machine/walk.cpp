#include "checker/machine/walk.hpp"

namespace attest::checker {

void Walk::Said::add(std::optional<bool> answer) {
    accepts |= answer == true;
    rejects |= answer == false;
}

const Walk::Memory* Walk::keep(const Memory& memory) {
    budget_.step(32 + 4 * memory.size());
    const auto [at, is_new] = memories_.insert(memory);
    if (is_new) budget_.memory(96 + 4 * memory.size());
    return &*at;
}

std::vector<const Walk::Memory*> Walk::starts() {
    if (!model_.begin) return {keep(machine_.start())};
    std::vector<const Memory*> all;
    for (const Memory& memory : machine_.read(machine_.start(), *model_.begin)) all.push_back(keep(memory));
    return all;
}

Walk::Said Walk::empty_word() {
    Said said;
    if (!model_.end) said.add(machine_.finish(machine_.start(), *model_.begin));
    else
        for (const Memory* memory : starts()) said.add(at_end(memory));
    return said;
}

const Walk::Reading& Walk::read(const Memory* memory, std::size_t symbol) {
    auto& kept = readings_[memory];
    if (kept.empty()) {
        kept.resize(alphabet_.size());
        budget_.memory(48 * kept.size() + 64);
    }
    if (kept[symbol]) return *kept[symbol];
    Reading reading;
    if (!model_.end) reading.said.add(machine_.finish(*memory, alphabet_[symbol]));
    for (const Memory& after : machine_.read(*memory, alphabet_[symbol])) reading.after.push_back(keep(after));
    if (model_.end)
        for (const Memory* after : reading.after) reading.said.add(at_end(after));
    budget_.memory(8 * reading.after.size());
    return kept[symbol].emplace(std::move(reading));
}

std::optional<bool> Walk::at_end(const Memory* memory) {
    const auto found = ends_.find(memory);
    if (found != ends_.end()) return found->second;
    budget_.memory(64);
    return ends_.emplace(memory, machine_.finish(*memory, *model_.end)).first->second;
}

}  // namespace attest::checker
