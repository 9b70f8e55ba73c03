#include "json_view.hpp"
#include "output_views.hpp"

namespace attest::report {

void write_prove_output(Context& page, const base::Json& document) {
    write_records(page.html, "What the run found, length by length", elements(find(document, "results")),
                  {number_column("length", "Length"), text_column("verdict", "Reported"),
                   text_column("evidence", "Evidence"), text_column("reason", "Reason"),
                   text_column("counterexample", "Counterexample"), text_column("expected", "The language says"),
                   text_column("actual", "The model says"), certificate_column(page), seconds_column()});
}

}  // namespace attest::report
