#pragma once

#include "context.hpp"
#include "record_table.hpp"

namespace attest::report {

// What one output of a command shows beyond its plain members: tables and drawings. False where the document is no record
// of the command: nothing was written then.

bool write_prove_output(Context& page, const base::Json& document);
bool write_measure_output(Context& page, const base::Json& document);
bool write_restrict_output(Context& page, const base::Json& document);
bool write_influence_output(Context& page, const base::Json& document);
bool write_threshold_output(Context& page, const base::Json& document);
bool write_language_output(Context& page, const base::Json& document);
bool write_classify_output(Context& page, const base::Json& document);
bool write_class_census_output(Context& page, const base::Json& document);
bool write_layers_output(Context& page, const base::Json& document);
bool write_build_output(Context& page, const base::Json& document);
bool write_emerge_output(Context& page, const base::Json& document);
bool write_emerge_graph_output(Context& page, const base::Json& document);
bool write_emerge_counts_output(Context& page, const base::Json& document);
bool write_progress_output(Context& page, const base::Json& document);

// The claim of the certificate with a digest: what to call it, and where it stands on the page if the checker accepted a
// certificate of this digest for this page.
std::string certificate_words(const Context& page, const std::optional<std::string>& digest);
std::string certificate_place(const Context& page, const std::optional<std::string>& digest);

/// The member `certificate`, a digest.
template <typename Record>
ColumnOf<Record> certificate_column(const Context& page) {
    return {"Certificate", [&page](const Record& record) { return certificate_words(page, record.certificate); }, false,
            [&page](const Record& record) { return certificate_place(page, record.certificate); }};
}

}  // namespace attest::report
