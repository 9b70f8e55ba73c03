#include <fmt/format.h>

#include <cstring>
#include <functional>

#include "../tests/measure/definitions.hpp"
#include "attest/base/error.hpp"
#include "attest/measure/function/sensitivity.hpp"
#include "attest/measure/function/transform.hpp"
#include "circuit/simulate.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"
#include "measure/function/threshold_degree.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

// The measures of Boolean functions beside what a careful reader of a textbook would write.

namespace attest::benchmarks {

namespace {

using measure::Input;
using measure::TruthTable;

TruthTable random_table(unsigned n, std::uint64_t seed) {
    base::Random random(seed);
    TruthTable table(n);
    for (std::uint64_t& word : table.words()) word = random.bits() & table.used_bits();
    return table;
}

circuit::Circuit palindrome(unsigned n) {
    const Subject subject("palindrome");
    circuit::Builder builder(std::size_t{8} << 30);
    const compile::Inputs inputs(builder, subject.model.transformer.alphabet, n);
    auto result = compile_model(builder, inputs, subject.model.transformer, {}, limits_for(0));
    if (const auto* why = std::get_if<verdict::Undecided>(&result)) throw base::Unsupported(why->detail);
    std::vector<circuit::Literal> roots{std::get<compile::CompiledModel>(result).accept};
    circuit::Circuit kept = cone(builder.circuit(), roots);
    kept.add_output("accept", roots.front());
    return kept;
}

/// One word of 64 inputs at a time, as a plain loop would.
std::uint64_t word_by_word(const circuit::Circuit& c, std::size_t words) {
    const auto n = static_cast<unsigned>(c.input_count());
    const circuit::Literal root = c.outputs().front().literal;
    std::vector<std::uint64_t> inputs(n);
    std::uint64_t ones = 0;
    for (std::size_t w = 0; w < words; ++w) {
        circuit::fill_all_assignments(n, w, 1, inputs);
        const std::uint64_t value = simulate_word(c, inputs)[root.node()] ^ -std::uint64_t{root.complemented()};
        ones += static_cast<std::uint64_t>(__builtin_popcountll(value));
    }
    return ones;
}

void add_truth_tables(Table& table) {
    for (const unsigned n : {24U, 26U, 28U}) {
        const circuit::Circuit c = palindrome(n);
        const circuit::Literal root = c.outputs().front().literal;
        const std::size_t words = circuit::truth_table_words(n), some = std::min<std::size_t>(words, 1 << 16);
        std::uint64_t use = 0;
        const double ours =
            best_of(3, [&] { use += std::get<TruthTable>(measure::tabulate(c, root, 1, limits_for(0))).count_ones(); });
        const double theirs =
            best_of(3, [&] { use += word_by_word(c, some); }) * static_cast<double>(words) / static_cast<double>(some);
        table.add({text(fmt::format("truth table of palindrome, {} gates", c.gate_count())), count(n), seconds(ours),
                   text(fmt::format("{:.3g} words/s", static_cast<double>(words) / ours)),
                   text("word by word (extrapolated)"), seconds(theirs), ratio(theirs / ours)});
        if (use == 0) table.note("no word was accepted");
    }
}

/// A copy of the table for each variable: what shifted XORs have to move at least once.
void add_sensitivity(Table& table, std::uint64_t seed) {
    for (const unsigned n : {20U, 24U, 26U, 28U}) {
        const TruthTable f = random_table(n, seed);
        std::vector<std::uint64_t> copy(f.words().size());
        std::uint64_t use = 0;
        const double ours = best_of(3, [&] { use += measure::sensitivity(f).boundary[0]; });
        const double theirs = best_of(3, [&] {
            for (unsigned i = 0; i < n; ++i) {
                std::memcpy(copy.data(), f.words().data(), f.words().size_bytes());
                use += copy[i];
            }
        });
        const double moved = static_cast<double>(n) * static_cast<double>(f.words().size_bytes());
        table.add({text("s, influences, as"), count(n), seconds(ours),
                   text(fmt::format("{:.3g} GB/s shifted", moved / ours / 1e9)), text("memcpy, once a variable"),
                   seconds(theirs), ratio(theirs / ours)});
        if (use == 0) table.note("nothing was counted");
    }
}

/// The loop of every textbook, in place.
void textbook_transform(std::vector<std::int32_t>& a) {
    for (std::size_t half = 1; half < a.size(); half *= 2)
        for (std::size_t base = 0; base < a.size(); base += 2 * half)
            for (std::size_t k = base; k < base + half; ++k) {
                const std::int32_t x = a[k], y = a[k + half];
                a[k] = x + y;
                a[k + half] = x - y;
            }
}

void add_transforms(Table& table, std::uint64_t seed) {
    base::Random random(seed);
    for (const unsigned n : {20U, 22U, 24U, 26U, 28U}) {
        if ((std::size_t{12} << n) > base::available_memory() / 2) {
            table.note(fmt::format("Walsh-Hadamard at N = {}: not enough memory here", n));
            continue;
        }
        std::vector<std::int32_t> values(std::size_t{1} << n);
        for (std::size_t k = 0; k < values.size(); ++k) values[k] = random.chance(1, 2) ? 1 : -1;
        std::vector<std::int32_t> a = values, b = values;
        const int times = n <= 26 ? 3 : 2;
        const double ours = best_of(times, [&] {
            std::memcpy(a.data(), values.data(), values.size() * 4);
            measure::walsh_hadamard(a, 1);
        });
        const double theirs = best_of(times, [&] {
            std::memcpy(b.data(), values.data(), values.size() * 4);
            textbook_transform(b);
        });
        if (a != b) throw base::InternalError("two Walsh-Hadamard transforms differ");
        const double copy = best_of(3, [&] { std::memcpy(b.data(), values.data(), values.size() * 4); });
        table.add({text("Walsh-Hadamard, with a copy"), count(n), seconds(ours),
                   text(fmt::format("{:.2g} x a memcpy", ours / copy)), text("textbook loop in place"), seconds(theirs),
                   ratio(theirs / ours)});
    }
}

/// Brute force input by input, extrapolated from as many inputs as the limit allows.
double by_definition(const TruthTable& f, double limit, const std::function<void(Input)>& at_input,
                     bool& extrapolated) {
    double spent = 0;
    for (std::uint64_t x = 0; x < f.size(); ++x) {
        spent += best_of(1, [&] { at_input(static_cast<Input>(x)); });
        if (spent > limit) {
            extrapolated = true;
            return spent * static_cast<double>(f.size()) / static_cast<double>(x + 1);
        }
    }
    return spent;
}

void add_measure(Table& table, const char* name, const TruthTable& f, double limit,
                 const std::function<std::string()>& ours, const std::function<void(Input)>& at_input) {
    std::string found;
    const double took = best_of(3, [&] { found = ours(); });
    bool extrapolated = false;
    const double theirs = at_input ? by_definition(f, limit / 4, at_input, extrapolated) : 0;
    table.add({text(name), count(f.variables()), seconds(took), text(found),
               text(!at_input      ? "-"
                    : extrapolated ? "definition (extrapolated)"
                                   : "definition"),
               at_input ? seconds(theirs) : none(), at_input ? ratio(theirs / took) : none()});
}

void add_small(Table& table, const Settings& settings) {
    for (const unsigned n : {8U, 12U}) {
        const TruthTable f = random_table(n, settings.seed + n);
        std::uint64_t use = 0;
        const auto certificates = std::get<measure::Certificates>(measure::certificates(f, limits_for(0)));
        add_measure(
            table, "s, influences, as", f, settings.limit,
            [&] { return fmt::format("s = {}", measure::sensitivity(f).greatest().value); },
            [&](Input x) { use += tests::sensitivity_at(f, x); });
        add_measure(
            table, "C, C0, C1, Cmin", f, settings.limit,
            [&] {
                const auto c = std::get<measure::Certificates>(measure::certificates(f, limits_for(0)));
                return fmt::format("C = {}, Cmin = {}", c.greatest().value, c.least.value);
            },
            [&](Input x) { use += tests::certificate_at(f, x); });
        add_measure(
            table, "bs, certificates given", f, settings.limit,
            [&] {
                return fmt::format(
                    "bs = {}",
                    measure::block_sensitivity(f, certificates.by_input, 200'000'000, limits_for(0)).lower());
            },
            [&](Input x) { use += tests::block_sensitivity_at(f, x); });
        add_measure(
            table, "D", f, settings.limit,
            [&] { return fmt::format("D = {}", std::get<unsigned>(measure::decision_tree_depth(f, limits_for(0)))); },
            nullptr);
        add_measure(
            table, "degree", f, settings.limit,
            [&] { return fmt::format("deg = {}", std::get<unsigned>(measure::real_degree(f, 1, limits_for(0)))); },
            [&](Input s) { use += tests::multilinear_coefficient(f, s) != 0 ? 1 : 0; });
        add_measure(
            table, "spectrum and levels", f, settings.limit,
            [&] {
                const auto spectrum = std::get<std::vector<std::int32_t>>(measure::spectrum(f, 1, limits_for(0)));
                return fmt::format("{} coefficients", measure::levels(spectrum, 1).nonzero);
            },
            [&](Input s) { use += tests::fourier_coefficient(f, s) != 0 ? 1 : 0; });
        add_measure(
            table, "threshold degree", f, settings.limit,
            [&] {
                const auto d = measure::threshold_degree(f, n, {}, limits_for(0));
                return d.lower == d.upper ? fmt::format("deg+- = {}", d.lower)
                                          : fmt::format("{} <= deg+- <= {}", d.lower, d.upper);
            },
            nullptr);
        if (use == 0) table.note("nothing was counted");
    }
}

}  // namespace

Table measure_table(const Settings& settings) {
    Table table("measure", "complexity measures of truth tables, one thread, best of three",
                {"what", "N", "attest", "gives", "rival", "rival takes", "rival/attest"});
    table.begin();
    add_truth_tables(table);
    add_sensitivity(table, settings.seed);
    add_transforms(table, settings.seed);
    add_small(table, settings);
    return table;
}

}  // namespace attest::benchmarks
