#include "language_views.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "output_views.hpp"
#include "report/automaton_drawing.hpp"
#include "report/cascade_drawing.hpp"
#include "report/class_lattice.hpp"

namespace attest::report {

namespace {

using ClassRow = record::Classify::ClassRow;

std::string named_automaton(const std::string& language) {
    return fmt::format("The minimal automaton of {}", base::printable(language, 60));
}

void write_transitions(Html& html, const record::Automaton& automaton, const std::vector<std::string>& symbols) {
    PlainTable table;
    table.headings.push_back({"State", false});
    for (const std::string& symbol : symbols) table.headings.push_back({shown(symbol), true});
    table.headings.push_back({"", false});
    const auto accepts = [&](std::size_t q) {
        return std::ranges::find(automaton.accept, q) != automaton.accept.end();
    };
    for (std::size_t q = 0; q < std::min<std::size_t>(automaton.transitions.size(), most_rows); ++q) {
        auto& row = table.rows.emplace_back();
        row.push_back({std::to_string(q), ""});
        for (std::size_t a = 0; a < symbols.size(); ++a) {
            const auto& targets = automaton.transitions[q];
            row.push_back({a < targets.size() ? std::to_string(targets[a]) : "", ""});
        }
        row.push_back({fmt::format("{}{}", q == automaton.start ? "start " : "", accepts(q) ? "accepts" : ""), ""});
    }
    table.left_out = automaton.transitions.size() - table.rows.size();
    write_table(html, "Transitions: the state that each symbol leads to", std::move(table));
}

std::string members_text(const std::vector<std::uint64_t>& numbers) {
    std::string text;
    for (const std::uint64_t n : numbers) text += fmt::format("{}{}", text.empty() ? "" : ", ", n);
    return shown(text);
}

/// In which of our classes, by their names.
classify::ClassVector vector_of(const std::vector<ClassRow>& rows) {
    classify::ClassVector in;
    for (const ClassRow& row : rows)
        for (const classify::ClassInfo& info : classify::classes())
            if (row.name == info.name) in[info.id] = row.in;
    return in;
}

std::string recognisers_text(const ClassRow& row) { return base::printable(row.transformers.value_or(""), 300); }

/// The network, program or formula that shows that the language is in the class, or the words that it is not.
std::string witness_text(const ClassRow& row) {
    std::string text;
    if (row.network) {
        const record::Classify::Shown& n = *row.network;
        text = n.kind;
        if (n.layers) text += fmt::format(", {}", base::counted(*n.layers, "layer"));
        if (n.heads) text += fmt::format(" of {}", base::counted(*n.heads, "head"));
        if (n.dimension) text += fmt::format(", dimension {}", *n.dimension);
        if (n.modulus.value_or(1) > 1) text += fmt::format(", positions modulo {}", *n.modulus);
        if (n.counters) text += fmt::format(", {}", base::counted(*n.counters, "counter"));
        text += fmt::format(": {} at every length{}", n.verdict, n.lengths.from > 0 ? " but 0" : "");
        return shown(text);
    }
    for (const auto& [name, word] : row.words.value_or(record::Members()))
        text += fmt::format("{}{} = “{}”", text.empty() ? "" : ", ", name, word);
    for (const auto& [name, number] : row.numbers.value_or(record::Keyed<std::uint64_t>()))
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, number);
    return shown(text);
}

}  // namespace

void write_automaton(Context& page, const record::Automaton& automaton, const std::vector<std::string>& symbols,
                     const std::string& language) {
    page.html.leaf("h4", "Automaton");
    if (const auto drawing = draw_automaton(automaton, symbols, named_automaton(language)))
        page.figure(*drawing, named_automaton(language) +
                                  ": the arrow from nowhere leads to the start, a second ring marks states that "
                                  "accept, “any” stands for all symbols.");
    else
        page.html.leaf("p", "The automaton is too large to draw, or is none; the table has what the file says of it.",
                       {{"class", "note"}});
    write_transitions(page.html, automaton, symbols);
}

void write_cascade(Context& page, const record::Cascade& cascade, const std::string& language) {
    page.html.leaf("h4", "Cascade");
    const std::string title = fmt::format("The cascade of registers of {}", base::printable(language, 60));
    if (const auto drawing = draw_cascade(cascade, title))
        page.figure(
            *drawing,
            title +
                (cascade.modulus > 1 ? fmt::format(", with the length modulo {} before each set", cascade.modulus)
                                     : "") +
                ": the first register says in which of the greatest sets inside that of all states the "
                "state is, and so on until one state is left. A symbol sets a register or leaves it; "
                "a network has a layer for each register that is ever set.");
    using Set = record::Cascade::Set;
    const auto tiles = [&cascade](const Set& set) {
        std::string text;
        for (std::size_t k = 0; k < set.tiles.size(); ++k)
            if (set.tiles[k] < cascade.sets.size())
                text += fmt::format("{}{}: {}", k == 0 ? "" : "; ", k, set_text(cascade, cascade.sets[set.tiles[k]]));
        return shown(text);
    };
    const auto reg = [&cascade](const Set& set) {
        if (set.height == 0 || set.height > cascade.height) return std::string("none: one state");
        return std::to_string(cascade.height - set.height + 1);
    };
    write_records<Set>(page.html, "Sets of states, and what their register chooses from", cascade.sets,
                       {{"States", [](const Set& set) { return members_text(set.states); }, false, {}},
                        {"Length modulo " + std::to_string(cascade.modulus),
                         [&cascade](const Set& set) { return cascade.modulus > 1 ? shown(set.residue) : ""; },
                         true,
                         {}},
                        {"Register", reg, true, {}},
                        {"Chooses from", tiles, false, {}}});
}

void write_classes(Context& page, const std::string& language, const std::vector<ClassRow>& rows) {
    page.html.leaf("h4", "Classes");
    if (!rows.empty())
        page.figure(class_place(language, vector_of(rows)),
                    "Classes of regular languages, each below those that it is inside of, and the place of this one.");
    write_records<ClassRow>(
        page.html, "In which classes the language is, and what shows it: a network that recognises it, or words", rows,
        {column(&ClassRow::title, "Class"),
         {"In it", [](const ClassRow& row) { return row.in ? "✓ yes" : "✗ no"; }, false, {}},
         {"By", [](const ClassRow& row) { return shown(row.basis); }, false, {}},
         {"Network or words", witness_text, false, {}},
         {"Recognised by", recognisers_text, false, {}},
         certificate_column<ClassRow>(page)});
}

}  // namespace attest::report
