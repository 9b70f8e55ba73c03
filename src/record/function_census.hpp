#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/threshold/one_bit_census.hpp"

namespace attest::record {

/// `attest threshold --census 5 --json`: whether networks of one class compute all functions of some inputs.
struct FunctionCensus {
    /// Classes of functions, up to permutation and complement, of one size.
    struct Size {
        std::uint64_t functions = 0, classes = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("functions", self.functions);
            field.required("classes", self.classes);
        }
    };

    unsigned inputs = 0;
    std::vector<Size> sizes;  ///< ascending
    std::int64_t layers = 0, heads = 0, activations = 0;
    std::uint64_t functions = 0;
    std::uint64_t wanted = 0, found = 0;        ///< networks: one for each class of functions
    std::string answer;                         ///< `possible`, `undecided`
    std::optional<std::string> reason, detail;  ///< where undecided
    std::optional<std::string> certificate;     ///< digest of its manifest, where it is kept
    double check_seconds = 0, seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "threshold");
        field.required("census", self.inputs);
        field.required("sizes", self.sizes);
        field.required("layers", self.layers);
        field.required("heads", self.heads);
        field.required("activations", self.activations);
        field.required("functions", self.functions);
        field.required("wanted", self.wanted);
        field.required("found", self.found);
        field.required("answer", self.answer);
        field.optional("reason", self.reason);
        field.optional("detail", self.detail);
        field.optional("certificate", self.certificate);
        field.required("check_seconds", self.check_seconds);
        field.required("seconds", self.seconds);
    }
};

FunctionCensus function_census(const threshold::OneBitCensus& census, const verdict::Verdict& verdict);

}  // namespace attest::record
