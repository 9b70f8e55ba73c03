#include "programs/machines/turing.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::machines {

std::vector<std::size_t> NormalForm::symbols_of(const std::vector<std::string>& word) const {
    std::vector<std::size_t> result;
    for (const std::string& symbol : word) {
        if (std::find(alphabet.begin(), alphabet.end(), symbol) == alphabet.end())
            throw base::UsageError(fmt::format("the symbol {} is not of the machine's alphabet", base::quoted(symbol)));
        result.push_back(static_cast<std::size_t>(std::find(symbols.begin(), symbols.end(), symbol) - symbols.begin()));
    }
    return result;
}

TuringRun::TuringRun(const NormalForm& machine, const std::vector<std::size_t>& word)
    : machine_(machine), right_(1 + word.size()) {
    std::copy(word.begin(), word.end(), right_.begin() + 1);
}

std::size_t TuringRun::read(std::int64_t cell) const {
    const std::vector<std::size_t>& half = cell < 0 ? left_ : right_;
    const auto k = static_cast<std::size_t>(cell < 0 ? -1 - cell : cell);
    return k < half.size() ? half[k] : 0;
}

std::size_t& TuringRun::at(std::int64_t cell) {
    std::vector<std::size_t>& half = cell < 0 ? left_ : right_;
    const auto k = static_cast<std::size_t>(cell < 0 ? -1 - cell : cell);
    if (k >= half.size()) half.resize(k + 1);
    return half[k];
}

Moment TuringRun::moment() const {
    const std::size_t symbol = read(cell_);
    const Move& move = machine_.move(state_, symbol);
    return {state_, symbol, move.symbol, move.step, cell_};
}

void TuringRun::step() {
    std::size_t& symbol = at(cell_);
    const Move& move = machine_.move(state_, symbol);
    symbol = move.symbol;
    state_ = move.state;
    cell_ += move.step;
    ++time_;
}

std::string trace_line(const NormalForm& machine, std::size_t time, const Moment& m) {
    return fmt::format("{} {} {} {} {:+d} {}\n", time, machine.states[m.state], machine.symbols[m.symbol],
                       machine.symbols[m.written], m.step, m.cell);
}

}  // namespace attest::machines
