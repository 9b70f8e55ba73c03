#pragma once

#include <cstdint>
#include <string>

#include "attest/record/record.hpp"

namespace attest::record {

/// All lengths at once.
struct AllLengths {
    std::int64_t from = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("from", self.from);
    }
};

/// What all lengths rest on: in none of so many pairs of states do model and language differ (FORMAT.md, section 21).
struct Closure {
    std::uint64_t states = 0;
    std::int64_t first = 0, period = 1, window = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("states", self.states);
        field.required("first", self.first);
        field.required("period", self.period);
        field.required("window", self.window);
    }
};

/// What they rest on where no step of a circuit leaves an invariant (FORMAT.md, sections 31 and 40).
struct Invariant {
    std::int64_t first = 0, period = 1;
    std::optional<std::int64_t> window;  ///< of section 40
    std::uint64_t latches = 0, gates = 0, conjuncts = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("first", self.first);
        field.required("period", self.period);
        field.optional("window", self.window);
        field.required("latches", self.latches);
        field.required("gates", self.gates);
        field.required("conjuncts", self.conjuncts);
    }
};

/// What all lengths of a C-RASP program rest on: an invariant of its counters (FORMAT.md, section 30).
struct LinearInvariant {
    std::uint64_t lists = 0, counters = 0, lines = 0;
    std::string found_by;  ///< `cells`, `construction`, `words`, `spacer`

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("lists", self.lists);
        field.required("counters", self.counters);
        field.required("lines", self.lines);
        field.required("found_by", self.found_by);
    }
};

/// The same of two models: in none of so many pairs of states do they differ (FORMAT.md, section 27).
struct JointClosure {
    struct Scale {
        std::int64_t first = 0, period = 1, window = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("first", self.first);
            field.required("period", self.period);
            field.required("window", self.window);
        }
    };
    std::uint64_t states = 0;
    std::int64_t first = 0, period = 1, window = 0;
    Scale other;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("states", self.states);
        field.required("first", self.first);
        field.required("period", self.period);
        field.required("window", self.window);
        field.required("other", self.other);
    }
};

}  // namespace attest::record
