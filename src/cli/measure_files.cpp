#include "measure_files.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/measure/function/sensitive.hpp"
#include "base/json_text.hpp"

namespace attest::cli {

namespace {

constexpr const char* list_name = "sensitivity.json";
constexpr std::uint64_t most_lines = 1 << 22;

std::string line(std::size_t set, std::int32_t coefficient, unsigned n) {
    std::string positions;
    for (unsigned i = 1; i <= n; ++i)
        if ((set >> measure::bit_of(i, n) & 1U) != 0) positions += fmt::format("{}{}", positions.empty() ? "" : " ", i);
    exact::Rational value(coefficient, mpz_class(1) << n);
    value.canonicalize();
    return fmt::format("{},{}\n", positions, exact::to_string(value));
}

}  // namespace

RefutationFiles::RefutationFiles(const std::string& directory)
    : directory_(directory, list_name, record::Sensitivity::format) {}

void RefutationFiles::keep(const measure::Refuted& refuted) {
    const std::string name = fmt::format("{}-{}", refuted.value ? "accepted" : "rejected", refuted.positions);
    base::write_file(directory_.path() + "/" + name + ".cnf", logic::to_dimacs(refuted.formula));
    base::write_file(directory_.path() + "/" + name + ".lrat", refuted.lrat);
    list_.push_back({refuted.value ? "accepted" : "rejected", refuted.positions,
                     fmt::format("no word is {} and has {} sensitive positions or more",
                                 refuted.value ? "accepted" : "rejected", refuted.positions),
                     name + ".cnf", name + ".lrat"});
}

void RefutationFiles::finish(record::Sensitivity subject) {
    subject.refuted = list_;
    base::write_file(directory_.path() + "/" + list_name, base::json_text(record::write(subject), 1) + "\n");
    directory_.commit();
}

void write_spectrum(const std::string& path, const measure::Measures& measures) {
    if (!measures.spectrum)
        throw base::UsageError(
            "--spectrum: expected a function whose truth table and spectrum fit into memory, found one without");
    const auto& spectrum = *measures.spectrum;
    if (measures.nonzero_coefficients.value_or(0) > most_lines)
        throw base::UsageError(fmt::format("--spectrum: expected at most {} coefficients that are not 0, found {}",
                                           most_lines, *measures.nonzero_coefficients));
    std::string text = "positions,coefficient\n";
    for (std::size_t set = 0; set < spectrum.size(); ++set)
        if (spectrum[set] != 0) text += line(set, spectrum[set], measures.variables);
    base::write_file(path, text);
}

}  // namespace attest::cli
