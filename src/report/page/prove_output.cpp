#include "output_views.hpp"
#include "record/prove.hpp"

namespace attest::report {

bool write_prove_output(Context& page, const base::Json& document) {
    using Length = record::Prove::Length;
    const auto prove = record::read<record::Prove>(document);
    if (!prove) return false;
    write_records<Length>(
        page.html, "What the run found, length by length", prove->results,
        {column(&Length::length, "Length"), column(&Length::verdict, "Reported"), column(&Length::evidence, "Evidence"),
         column(&Length::reason, "Reason"), column(&Length::counterexample, "Counterexample"),
         column(&Length::expected, "The language says"), column(&Length::actual, "The model says"),
         certificate_column<Length>(page), seconds_of<Length>()});
    return true;
}

}  // namespace attest::report
