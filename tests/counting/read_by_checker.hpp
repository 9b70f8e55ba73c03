#pragma once

#include <string>
#include <string_view>

#include "attest/formats/file.hpp"
#include "checked.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/model.hpp"

namespace attest::tests {

/// The model as the checker reads it from its file.
inline checker::Model read_by_checker(const network::Transformer& t) {
    checker::Budget budget = large_budget();
    return checker::read_model(
        formats::write_model(t), "model.json",
        [](const std::string& name) -> std::string_view { throw checker::Defect(name, "none"); }, budget);
}

}  // namespace attest::tests
