#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "circuit/sequential.hpp"

namespace attest::record {

/// `attest compile --length all --json`: a circuit with latches.
struct SequentialCircuit {
    struct Lengths {
        std::int64_t from = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("from", self.from);
        }
    };

    std::string model;  ///< its name
    Lengths lengths;
    std::optional<std::string> language;  ///< beside the model
    std::string port;                     ///< `accept`, or `bad` where there is a language
    std::size_t inputs = 0, latches = 0, gates = 0, wires = 0, depth = 0;
    std::optional<std::string> output;  ///< a file

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "compile");
        field.required("model", self.model);
        field.required("lengths", self.lengths);
        field.optional("language", self.language);
        field.required("port", self.port);
        field.required("inputs", self.inputs);
        field.required("latches", self.latches);
        field.required("gates", self.gates);
        field.required("wires", self.wires);
        field.required("depth", self.depth);
        field.optional("output", self.output);
    }
};

/// What the circuit says; the rest is the caller's to add.
SequentialCircuit sequential(const circuit::Sequential& circuit);

}  // namespace attest::record
