#include "build/counting_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "attest/base/error.hpp"

// The table. Blocks of `modulus` letters commute, so that for each block x some x^t = x^(t+p) decides what its number can
// change: a row of the table knows of each count only whether it is k, for k < t, or its residue modulo p, and the length modulo
// some number. A choice of these numbers is right if all words of one row are members, or none is; the words of a row are gone
// through by the states that they lead to.
//
// The formula. Columns are made coarser as long as the table stays right. Then each row of members is grown to a box, a set of
// values for each column, that holds no row of others, and boxes are taken until all rows of members are in one.

namespace attest::build {

namespace {

using language::Dfa;
using language::Symbol;
using programs::foc::Conditions;
using programs::foc::Linear;

constexpr std::uint32_t most_modulus = 60, most_threshold = 8, most_period = 12, most_length_factor = 12;
constexpr std::size_t most_rows = std::size_t{1} << 16, most_work = std::size_t{1} << 20;

[[noreturn]] void no_table(const std::string& why) {
    throw base::Unsupported(fmt::format("build: no formula of FOC[+;MOD]: {}", why));
}

/// Whether symbols at positions of equal residue can be exchanged: q a u b and q b u a are one state for all u whose length is
/// −1 modulo this.
bool exchanges(const Dfa& automaton, std::uint32_t modulus) {
    const std::size_t n = automaton.size();
    const auto symbols = static_cast<Symbol>(automaton.alphabet.size());
    for (Symbol a = 0; a < symbols; ++a)
        for (Symbol b = a + 1; b < symbols; ++b) {
            std::vector<bool> seen(n * n * modulus, false);
            std::vector<std::size_t> open;
            const auto visit = [&](std::size_t p, std::size_t r, std::size_t length) {
                const std::size_t at = (p * n + r) * modulus + length;
                if (!seen[at]) open.push_back(at);
                seen[at] = true;
            };
            for (std::size_t q = 0; q < n; ++q) visit(automaton.transition[q][a], automaton.transition[q][b], 0);
            while (!open.empty()) {
                const std::size_t at = open.back(), length = at % modulus;
                open.pop_back();
                const std::size_t p = at / modulus / n, r = at / modulus % n;
                if (length == modulus - 1 && automaton.transition[p][b] != automaton.transition[r][a]) return false;
                for (Symbol c = 0; c < symbols; ++c)
                    visit(automaton.transition[p][c], automaton.transition[r][c], (length + 1) % modulus);
            }
        }
    return true;
}

/// Numbers told apart: those below the threshold, and residues from there on.
struct Column {
    std::uint32_t threshold = 0, period = 1;

    std::uint32_t classes() const { return threshold + period; }
    std::uint32_t next(std::uint32_t k) const { return k + 1 == classes() ? threshold : k + 1; }
    /// The class of a class of a finer column.
    std::uint32_t of(std::uint32_t k, const Column& finer) const {
        // Any number of that class will do; large ones are as good as any.
        const std::uint32_t number = k < finer.threshold ? k : k + finer.period * (threshold + 1);
        return number < threshold ? number : threshold + (number - threshold) % period;
    }
};

using Counts = std::vector<std::uint16_t>;  ///< the length, then each cell

/// Which rows are of members and which of others.
struct CountTable {
    std::vector<Column> columns;
    std::map<Counts, bool> rows;
};

struct Guess {
    std::uint32_t length_period = 1, threshold = 0, period = 1;
    double size = 0;
};

std::vector<Guess> guesses(std::uint32_t modulus, std::size_t cells) {
    std::vector<Guess> all;
    for (std::uint32_t j = 1; j <= most_length_factor; ++j)
        for (std::uint32_t t = 0; t <= most_threshold; ++t)
            for (std::uint32_t p = 1; p <= most_period; ++p)
                all.push_back(
                    {modulus * j, t, p, std::log2(modulus * j) + static_cast<double>(cells) * std::log2(t + p)});
    std::stable_sort(all.begin(), all.end(), [](const Guess& a, const Guess& b) { return a.size < b.size; });
    return all;
}

/// All rows that words have, if each is of members or of others alone; nothing if one is of both, or there are too many.
///
/// work  grows by the rows that were looked at
std::optional<CountTable> tabulate(const Dfa& automaton, std::uint32_t modulus, const Guess& guess, std::size_t& work) {
    const auto symbols = static_cast<Symbol>(automaton.alphabet.size());
    CountTable table;
    table.columns.push_back({0, guess.length_period});
    table.columns.resize(1 + symbols * modulus, {guess.threshold, guess.period});
    std::set<std::pair<Counts, Dfa::State>> seen;
    std::vector<const std::pair<Counts, Dfa::State>*> open;
    const auto visit = [&](Counts row, Dfa::State state) {
        const bool member = automaton.accepting[state];
        if (table.rows.try_emplace(row, member).first->second != member) return false;
        const auto [place, is_new] = seen.emplace(std::move(row), state);
        if (is_new) open.push_back(&*place);
        return true;
    };
    if (!visit(Counts(table.columns.size(), 0), automaton.start)) return std::nullopt;
    for (std::size_t at = 0; at < open.size(); ++at, ++work)
        for (Symbol a = 0; a < symbols; ++a) {
            Counts row = open[at]->first;
            row[0] = static_cast<std::uint16_t>(table.columns[0].next(row[0]));
            std::uint16_t& cell = row[1 + a * modulus + row[0] % modulus];
            cell = static_cast<std::uint16_t>(table.columns[1].next(cell));
            if (!visit(std::move(row), automaton.transition[open[at]->second][a])) return std::nullopt;
            if (seen.size() > most_rows) return std::nullopt;
        }
    return table;
}

/// The table with another column, if it stays right.
std::optional<CountTable> coarser(const CountTable& table, std::size_t column, const Column& by) {
    CountTable result{table.columns, {}};
    result.columns[column] = by;
    for (const auto& [row, member] : table.rows) {
        Counts other = row;
        other[column] = static_cast<std::uint16_t>(by.of(row[column], table.columns[column]));
        if (result.rows.try_emplace(std::move(other), member).first->second != member) return std::nullopt;
    }
    return result;
}

void make_coarse(CountTable& table) {
    for (std::size_t k = table.columns.size(); k-- > 0;) {
        const Column fine = table.columns[k];
        bool done = false;
        for (std::uint32_t size = 1; size < fine.classes() && !done; ++size)
            for (std::uint32_t t = 0; t < size && !done; ++t) {
                if (t > fine.threshold || fine.period % (size - t) != 0) continue;
                if (auto found = coarser(table, k, {t, size - t})) {
                    table = std::move(*found);
                    done = true;
                }
            }
    }
}

/// A set of classes for each column.
using Box = std::vector<std::vector<bool>>;

bool holds_row(const Box& box, const Counts& row) {
    for (std::size_t k = 0; k < box.size(); ++k)
        if (!box[k][row[k]]) return false;
    return true;
}

/// Boxes that hold all rows of members and no other row.
std::vector<Box> boxes_of(const CountTable& table) {
    std::vector<Box> boxes;
    const auto is_free = [&](const Box& box) {
        return std::none_of(table.rows.begin(), table.rows.end(),
                            [&](const auto& row) { return !row.second && holds_row(box, row.first); });
    };
    for (const auto& entry : table.rows) {
        const Counts& row = entry.first;
        if (!entry.second || std::any_of(boxes.begin(), boxes.end(), [&](const Box& b) { return holds_row(b, row); }))
            continue;
        Box box;
        for (std::size_t k = 0; k < row.size(); ++k) {
            box.emplace_back(table.columns[k].classes(), false);
            box[k][row[k]] = true;
        }
        for (std::size_t k = row.size(); k-- > 0;) {
            const std::vector<bool> narrow = box[k];
            box[k].assign(narrow.size(), true);
            if (is_free(box)) continue;
            box[k] = narrow;
            for (std::size_t c = 0; c < narrow.size(); ++c) {
                if (narrow[c]) continue;
                box[k][c] = true;
                if (!is_free(box)) box[k][c] = false;
            }
        }
        boxes.push_back(std::move(box));
    }
    return boxes;
}

bool is_whole(const std::vector<bool>& classes) {
    return std::all_of(classes.begin(), classes.end(), [](bool c) { return c; });
}

/// That a count is in some classes of its column.
Conditions::Id in_classes(Conditions& conditions, const Column& column, const std::vector<bool>& classes,
                          std::uint32_t count) {
    const Linear x = programs::foc::variable(count);
    const auto from = [&](std::uint32_t k) { return conditions.least(plus(x, {{}, -std::int64_t{k}})); };
    const bool all_large = std::all_of(classes.begin() + column.threshold, classes.end(), [](bool c) { return c; });
    std::vector<Conditions::Id> ways;
    for (std::uint32_t k = 0; k < column.threshold; ++k) {
        if (!classes[k]) continue;
        std::uint32_t last = k;
        while (last + 1 < column.threshold && classes[last + 1]) ++last;
        if (last + 1 == column.threshold && all_large) {
            ways.push_back(from(k));
            return conditions.any(ways);
        }
        ways.push_back(conditions.all({from(k), conditions.least(plus(times(-1, x), {{}, std::int64_t{last}}))}));
        k = last;
    }
    if (all_large) ways.push_back(from(column.threshold));
    for (std::uint32_t r = 0; r < column.period && !all_large; ++r)
        if (classes[column.threshold + r])
            ways.push_back(conditions.all(
                {from(column.threshold),
                 conditions.multiple(plus(x, {{}, -std::int64_t{column.threshold + r}}), column.period)}));
    return conditions.any(ways);
}

/// Columns whose counts are asked to be 0 by the same boxes are one column.
std::vector<std::vector<std::size_t>> grouped(const CountTable& table, const std::vector<Box>& boxes) {
    std::map<std::vector<bool>, std::size_t> zeros;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
        std::vector<bool> asks;
        bool only_zero = k > 0 && table.columns[k].threshold >= 1;
        for (const Box& box : boxes) {
            asks.push_back(!is_whole(box[k]));
            only_zero =
                only_zero && (is_whole(box[k]) || (box[k][0] && std::count(box[k].begin(), box[k].end(), true) == 1));
        }
        if (std::count(asks.begin(), asks.end(), true) == 0) continue;
        if (!only_zero) {
            groups.push_back({k});
            continue;
        }
        const auto [place, is_new] = zeros.try_emplace(asks, groups.size());
        if (is_new) groups.emplace_back();
        groups[place->second].push_back(k);
    }
    return groups;
}

programs::foc::NormalForm formula_of(const CountTable& table, const Dfa& automaton, const std::string& name,
                                     std::uint32_t modulus) {
    const std::vector<Box> boxes = boxes_of(table);
    programs::foc::NormalForm form{name, automaton.alphabet.symbols(), modulus, {}, {}, Conditions::no};
    std::vector<std::vector<Conditions::Id>> parts(boxes.size());
    for (const std::vector<std::size_t>& group : grouped(table, boxes)) {
        const auto count = static_cast<std::uint32_t>(form.counts.size());
        form.counts.emplace_back(form.cells(), group.front() == 0);
        for (const std::size_t k : group)
            if (k > 0) form.counts.back()[k - 1] = true;
        for (std::size_t b = 0; b < boxes.size(); ++b)
            if (const std::size_t k = group.front(); !is_whole(boxes[b][k]))
                parts[b].push_back(in_classes(form.conditions, table.columns[k], boxes[b][k], count));
    }
    std::vector<Conditions::Id> ways;
    for (const auto& part : parts) ways.push_back(form.conditions.all(part));
    form.condition = form.conditions.any(ways);
    return form;
}

}  // namespace

CountingFormula counting_formula(const Dfa& automaton, const std::string& name, const base::Limits& limits) {
    std::uint32_t modulus = 1;
    while (modulus <= most_modulus && !exchanges(automaton, modulus)) ++modulus;
    if (modulus > most_modulus)
        no_table(
            fmt::format("symbols at positions of equal residue cannot be exchanged, modulo numbers up to {}; attest "
                        "classify shows the words where no modulus will do",
                        most_modulus));
    const std::size_t cells = automaton.alphabet.size() * modulus;
    std::size_t work = 0;
    for (const Guess& guess : guesses(modulus, cells)) {
        if (work > most_work) break;
        if (limits.exceeded()) no_table("a limit ended the search for its table");
        std::optional<CountTable> table = tabulate(automaton, modulus, guess, work);
        if (!table) continue;
        make_coarse(*table);
        CountingFormula result{formula_of(*table, automaton, name, modulus),
                               "",
                               modulus,
                               guess.threshold,
                               guess.period,
                               table->columns[0].period};
        result.text = programs::foc::write(result.form);
        return result;
    }
    no_table(fmt::format("its table is too large, or counts matter beyond {}", most_threshold));
}

}  // namespace attest::build
