#pragma once

#include <string_view>
#include <vector>

#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/network/program.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// A set of words of one length, as a decision diagram over their symbols (FORMAT.md section 24).
struct WordDiagram {
    struct Node {
        std::size_t level;                  ///< from 1
        std::vector<std::size_t> children;  ///< by symbol; 0: no word, 1: every word, else an earlier node
    };
    std::size_t symbols = 0;
    std::vector<std::size_t> order;  ///< the position that each level tests, both from 1
    std::vector<Node> nodes;         ///< of number 2, 3, …
    std::size_t root = 0;

    std::size_t level_of(std::size_t number) const { return number < 2 ? order.size() + 1 : nodes[number - 2].level; }
};

/// Throws  Defect (diagram.txt: line): what is not well-formed; numbers of nodes that are not earlier, levels that do not grow
WordDiagram read_diagram(std::string_view text, std::size_t symbols, std::size_t length, Budget& budget);

/// How many words of the length come to 1.
mpz_class count_words(const WordDiagram& diagram, Budget& budget);

/// The miter that is true where the diagram says other words than those on which model and language differ.
///
/// Needs   hard or average attention only; check_accepts of a program
Miter build_miter_of_diagram(const Instance& instance, const Language& language,
                             const std::vector<std::size_t>& letters, const std::vector<Drop>& drops,
                             const WordDiagram& diagram, Budget& budget);
Miter build_miter_of_diagram(Program& program, const Language& language, const std::vector<std::size_t>& letters,
                             const WordDiagram& diagram, Budget& budget);

}  // namespace attest::checker
