#include <fmt/format.h>

#include "output_views.hpp"
#include "record/threshold.hpp"

namespace attest::report {

namespace {

/// The answer in a sentence: the threshold where it is settled, else what is known of it.
std::string summary(const record::Threshold& threshold) {
    const std::string at = threshold.found.value_or(0) == 0
                               ? "The run found no network of the class"
                               : fmt::format("The run found networks of the class up to length {}", *threshold.found);
    return threshold.impossible
               ? fmt::format("{}, and reports that none computes the language at length {}.", at, *threshold.impossible)
               : at + ", and no length was shown to be impossible.";
}

}  // namespace

bool write_threshold_output(Context& page, const base::Json& document) {
    using Length = record::Threshold::Length;
    const auto threshold = record::read<record::Threshold>(document);
    if (!threshold) return false;
    page.html.leaf("p", summary(*threshold));
    write_records<Length>(
        page.html, "Whether any network of the class computes the language, length by length", threshold->lengths,
        {column(&Length::length, "Length"), column(&Length::answer, "Reported"), column(&Length::how, "How"),
         column(&Length::reason, "Reason"), column(&Length::detail, "Detail"), column(&Length::clauses, "Clauses"),
         column(&Length::cuts, "Cuts"), column(&Length::proof_bytes, "Proof bytes"), certificate_column<Length>(page),
         seconds_of<Length>()});
    return true;
}

}  // namespace attest::report
