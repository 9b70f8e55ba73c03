#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"
#include "language/classify/census.hpp"

namespace attest::atlas {

/// One minimal automaton: what its language is, and what recognises it.
struct Line {
    std::string automaton;      ///< rows of digits, by state from 0, the start: `01.21.22`
    std::string accepting;      ///< digits; `-`: none
    classify::ClassVector in;   ///< as bits, the first class the lowest, in hexadecimal
    std::uint64_t modulus = 0;  ///< the least for which it is quasi-aperiodic; 0: it is not, and what follows is `-`
    std::size_t least = 0,
                most = 0;  ///< layers, strict mask, rightmost ties, any width and heads, read at the last symbol
    std::size_t layers = 0, width = 0;  ///< of the network that the cascade makes: one head a layer
    std::uint64_t states = 0;           ///< of that network's machine at all lengths
    std::string digest;                 ///< of its model file: the first half of the SHA-256

    bool operator==(const Line&) const = default;
};

/// The words above the columns.
std::string heading();
std::string spell(const Line& line);
/// Throws  InputError (`where`)
Line parse(const std::string& text, const std::string& where);

/// All lines of a size, in the order of the census. Each network is extracted at all lengths and must be the automaton again.
///
/// Throws  InternalError if it is not
/// Cost    some milliseconds a quasi-aperiodic language
std::vector<Line> lines_of(std::size_t states, std::size_t letters,
                           const std::function<void(std::size_t)>& progress = {});

/// The same a table at a time, of a share of all tables; the number of the table goes with its lines.
void for_each_table_of(std::size_t states, std::size_t letters, base::Share share,
                       const std::function<void(std::size_t table, std::vector<Line> lines)>& visit);

/// The lines of a file.
/// Throws  InputError
std::vector<Line> read_lines(const std::string& path);

/// What is known of all languages of a size (counts by class, by least modulus, by layers) against these lines; gives what
/// differs, a sentence each.
std::vector<std::string> against_oracles(const std::vector<Line>& lines, std::size_t states, std::size_t letters);

}  // namespace attest::atlas
