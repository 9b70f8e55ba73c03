#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "aiger_cursor.hpp"

namespace attest::circuit {

/// An AIGER file as written: syntax is checked, sense is not.
struct AigerFile {
    struct And {
        std::uint32_t literal;
        std::uint32_t left;
        std::uint32_t right;
    };
    struct Use {
        std::string name;
        std::uint32_t literal = 0;
        std::string where;
    };
    struct Latch {
        std::uint32_t literal = 0;
        Use next;  ///< with the latch's name
        bool initial = false;
    };

    std::string name;
    bool binary = false;
    std::uint32_t maximum = 0;          ///< variable
    std::vector<std::uint32_t> inputs;  ///< literals
    std::vector<std::string> input_names;
    std::vector<Latch> latches;
    std::vector<Use> outputs;
    std::vector<Use> bad;
    std::vector<Use> constraints;
    std::vector<And> ands;

    /// In an ASCII file inputs begin on line 2, and each part has a line of its own.
    std::string where_input(std::size_t k) const;
    std::string where_latch(std::size_t k) const;
    std::string where_and(std::size_t k) const;
};

/// Whether a file may have latches.
enum class Latches { none, some };

/// Needs   `most_bytes`: no more memory is asked for, whatever the header says
AigerFile parse_aiger(std::string_view bytes, const std::string& name, std::size_t most_bytes, Latches latches);

/// The symbol table and the comment: all that may follow the gates.
void parse_aiger_symbols(AigerCursor& cursor, AigerFile& file);

}  // namespace attest::circuit
