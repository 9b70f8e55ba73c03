#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace attest::benchmarks {

/// Results of an earlier run.
/// Throws  InputError if the file holds none
nlohmann::ordered_json read_results(const std::string& path);

/// Prints a table of ratios, now over before, for each table that an earlier run has too, the last of them: rows are the same if their words and
/// their N are, and every entry in seconds or bytes is compared. Says so if the machines differ.
void print_ratios(const nlohmann::ordered_json& now, const std::vector<nlohmann::ordered_json>& before);

}  // namespace attest::benchmarks
