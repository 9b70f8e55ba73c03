#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "programs/machines/read.hpp"

namespace attest::machines {

namespace {

constexpr std::size_t symbols_per_row = 2, width = 3, most_rows = 25;

/// The rows of the text, each six characters.
std::vector<std::string> rows_of(const std::string& text) {
    std::vector<std::string> rows(1);
    for (const char c : text)
        if (c == '_') rows.emplace_back();
        else rows.back() += c;
    for (std::size_t q = 0; q < rows.size(); ++q)
        if (rows[q].size() != symbols_per_row * width)
            throw base::InputError(fmt::format("bb:row {}", q + 1), "two moves of three characters, such as 1RB1LC",
                                   "'" + base::printable(rows[q]) + "'");
    if (rows.size() > most_rows)
        throw base::InputError("bb", fmt::format("at most {} rows", most_rows), std::to_string(rows.size()));
    return rows;
}

/// Nothing where it halts at once.
std::optional<Move> parse_move(const std::string& text, std::size_t states, const std::string& place) {
    if (text == "---") return std::nullopt;
    const char written = text[0], step = text[1], next = text[2];
    if ((written != '0' && written != '1') || (step != 'L' && step != 'R') || next < 'A' || next > 'Z')
        throw base::InputError(place, "0 or 1, L or R, and the letter of a state, or ---",
                               "'" + base::printable(text) + "'");
    const auto row = static_cast<std::size_t>(next - 'A');
    return Move{std::min(row, states), written == '1' ? std::size_t{1} : std::size_t{0}, step == 'R' ? 1 : -1};
}

}  // namespace

TuringMachine parse_busy_beaver(const std::string& text) {
    const std::vector<std::string> rows = rows_of(text);
    TuringMachine machine;
    machine.name = "bb-" + text;
    machine.tape = {"0", "1"};
    for (std::size_t q = 0; q < rows.size(); ++q) machine.states.emplace_back(1, static_cast<char>('A' + q));
    machine.states.emplace_back(rows.size() <= std::size_t{'H' - 'A'} ? "H" : "Z");
    machine.accepting.resize(rows.size() + 1);
    machine.accepting.back() = true;
    for (std::size_t q = 0; q < rows.size(); ++q)
        for (std::size_t a = 0; a < symbols_per_row; ++a) {
            const auto move =
                parse_move(rows[q].substr(width * a, width), rows.size(), fmt::format("bb:row {}", q + 1));
            // It halts where it stands: the step is to the accepting state, with what is there.
            machine.moves.emplace_back(move ? *move : Move{rows.size(), a, 1});
        }
    machine.moves.resize(machine.states.size() * symbols_per_row);
    return machine;
}

}  // namespace attest::machines
