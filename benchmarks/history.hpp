#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace attest::benchmarks {

/// Results of an earlier run.
/// Throws  InputError if the file holds none
nlohmann::ordered_json read_results(const std::string& path);

/// Prints a table of ratios, now over before, for each table that both runs have: rows are the same if their words and
/// their N are, and every entry in seconds or bytes is compared. Says so if the machines differ.
void print_ratios(const nlohmann::ordered_json& now, const nlohmann::ordered_json& before);

}  // namespace attest::benchmarks
