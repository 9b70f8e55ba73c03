#include "attest/measure/function/truth_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <mutex>
#include <optional>

#include "attest/base/error.hpp"
#include "base/parallel.hpp"
#include "circuit/simulate.hpp"

namespace attest::measure {

namespace {

constexpr std::size_t run_words = 1024;  // simulated between two looks at the clock

}  // namespace

std::string spell(Input input, unsigned n) {
    std::string text;
    for (unsigned i = 1; i <= n; ++i) text += (input >> bit_of(i, n) & 1U) != 0 ? '1' : '0';
    return text;
}

TruthTable::TruthTable(unsigned variables) : variables_(variables) {
    if (variables > most_variables)
        throw base::Unsupported(
            fmt::format("a truth table has at most {} variables, here {}", most_variables, variables));
    words_.resize(circuit::truth_table_words(variables));
}

std::uint64_t TruthTable::count_ones() const {
    std::uint64_t ones = 0;
    for (const std::uint64_t word : words_) ones += static_cast<std::uint64_t>(std::popcount(word));
    return ones;
}

TruthTable TruthTable::operator~() const {
    TruthTable result = *this;
    for (std::uint64_t& word : result.words_) word = ~word & used_bits();
    return result;
}

TruthTable tabulate(unsigned variables, const std::function<bool(Input)>& value) {
    TruthTable table(variables);
    for (std::uint64_t x = 0; x < table.size(); ++x)
        if (value(static_cast<Input>(x))) table.set(static_cast<Input>(x), true);
    return table;
}

std::variant<TruthTable, verdict::Undecided> tabulate(const circuit::Circuit& circuit, circuit::Literal root,
                                                      unsigned threads, const base::Limits& limits) {
    const std::size_t n = circuit.input_count();
    if (n > TruthTable::most_variables)
        return verdict::Undecided{verdict::Reason::unsupported, fmt::format("a truth table of {} variables", n)};
    if ((std::size_t{1} << n) / 8 > limits.memory_bytes)
        return verdict::Undecided{verdict::Reason::memory,
                                  fmt::format("{} MiB for the truth table", (std::size_t{1} << n) >> 23)};
    TruthTable table(static_cast<unsigned>(n));
    const std::span<std::uint64_t> words = table.words();
    std::mutex mutex;
    std::optional<base::Limit> stopped;
    base::in_chunks(threads, words.size(), run_words, [&](const base::Chunks& next) {
        circuit::Simulator simulator(circuit, std::span(&root, 1));
        std::vector<std::uint64_t> inputs;
        while (const auto chunk = next()) {
            if (const auto limit = limits.exceeded()) {
                const std::lock_guard lock(mutex);
                stopped = limit;
                return;
            }
            const std::size_t count = chunk->last - chunk->first;
            inputs.resize(n * count);
            circuit::fill_all_assignments(static_cast<unsigned>(n), chunk->first, count, inputs);
            simulator.run(inputs, words.subspan(chunk->first, count), count);
        }
    });
    if (stopped) return verdict::Undecided{verdict::reason_of(*stopped), "in the middle of the truth table"};
    words.back() &= table.used_bits();
    return table;
}

TruthTable keep_positions(const TruthTable& f, std::span<const unsigned> positions) {
    const unsigned n = f.variables();
    const auto m = static_cast<unsigned>(positions.size());
    if (m == n) return f;
    return tabulate(m, [&](Input y) {
        Input x = 0;
        for (unsigned i = 1; i <= m; ++i) x |= (y >> bit_of(i, m) & 1U) << bit_of(positions[i - 1], n);
        return f[x];
    });
}

}  // namespace attest::measure
