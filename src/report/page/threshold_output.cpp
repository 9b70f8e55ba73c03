#include <fmt/format.h>

#include "json_view.hpp"
#include "output_views.hpp"

namespace attest::report {

namespace {

/// The answer in a sentence: the threshold where it is settled, else what is known of it.
std::string summary(const base::Json& document) {
    const std::string found = text_at(document, "found"), impossible = text_at(document, "impossible");
    const std::string at = found.empty() || found == "0"
                               ? "The run found no network of the class"
                               : fmt::format("The run found networks of the class up to length {}", found);
    return impossible.empty()
               ? at + ", and no length was shown to be impossible."
               : fmt::format("{}, and reports that none computes the language at length {}.", at, impossible);
}

}  // namespace

void write_threshold_output(Context& page, const base::Json& document) {
    page.html.leaf("p", summary(document));
    write_records(page.html, "Whether any network of the class computes the language, length by length",
                  elements(find(document, "lengths")),
                  {number_column("length", "Length"), text_column("answer", "Reported"), text_column("how", "How"),
                   text_column("reason", "Reason"), text_column("detail", "Detail"),
                   number_column("clauses", "Clauses"), number_column("cuts", "Cuts"),
                   number_column("proof_bytes", "Proof bytes"), certificate_column(page), seconds_column()});
}

}  // namespace attest::report
