#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/language/dfa.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// The minimal automaton of a language; states count from 0.
struct Automaton {
    std::uint64_t states = 0, start = 0;
    std::vector<std::uint64_t> accept;
    std::vector<std::vector<std::uint64_t>> transitions;  ///< by state, then symbol

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("states", self.states);
        field.required("start", self.start);
        field.required("accept", self.accept);
        field.required("transitions", self.transitions);
    }
};

/// The cascade of registers that it is: each register narrows a set of states down to one of the greatest sets inside it.
struct Cascade {
    struct Set {
        std::uint64_t residue = 0;          ///< of the number of symbols read, by the modulus
        std::vector<std::uint64_t> states;  ///< ascending
        std::uint64_t height = 0;           ///< the register that it belongs to; 0: one state
        std::vector<std::uint64_t> tiles;   ///< the greatest sets inside it, by their number in `sets`

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("residue", self.residue);
            field.required("states", self.states);
            field.required("height", self.height);
            field.required("tiles", self.tiles);
        }
    };

    std::uint64_t modulus = 1, height = 0;
    std::vector<Set> sets;  ///< first those of all states, one a residue

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("modulus", self.modulus);
        field.required("height", self.height);
        field.required("sets", self.sets);
    }
};

Automaton automaton(const language::Dfa& dfa);

/// minimal  and quasi-aperiodic for the modulus
/// Gives    nothing where there are more than 256 sets
std::optional<Cascade> cascade(const language::Dfa& minimal, std::uint64_t modulus);

}  // namespace attest::record
