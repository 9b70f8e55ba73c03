#include "xlrup_writer.hpp"

#include "proof_text.hpp"

namespace attest::logic {

void XlrupWriter::list(std::span<const std::int32_t> literals, std::span<const Id> ids) {
    for (const std::int32_t literal : literals) append(text_, literal);
    text_ += "0 ";
    for (const Id id : ids) append(text_, static_cast<std::int64_t>(id));
    text_ += "0\n";
}

XlrupWriter::Id XlrupWriter::clause(std::span<const std::int32_t> literals, std::span<const Id> hints) {
    append(text_, static_cast<std::int64_t>(++last_clause_));
    list(literals, hints);
    return last_clause_;
}

XlrupWriter::Id XlrupWriter::import_parity(std::span<const std::int32_t> literals, std::span<const Id> clauses) {
    text_ += "i x ";
    append(text_, static_cast<std::int64_t>(++last_parity_));
    list(literals, clauses);
    return last_parity_;
}

XlrupWriter::Id XlrupWriter::sum(std::span<const std::int32_t> literals, std::span<const Id> parities) {
    text_ += "x ";
    append(text_, static_cast<std::int64_t>(++last_parity_));
    list(literals, parities);
    return last_parity_;
}

XlrupWriter::Id XlrupWriter::clause_from_parities(std::span<const std::int32_t> literals,
                                                  std::span<const Id> parities) {
    text_ += "i cx ";
    append(text_, static_cast<std::int64_t>(++last_clause_));
    list(literals, parities);
    return last_clause_;
}

void XlrupWriter::remove_clauses(std::span<const Id> clauses) {
    if (clauses.empty()) return;
    append(text_, static_cast<std::int64_t>(last_clause_));
    text_ += "d ";
    for (const Id id : clauses) append(text_, static_cast<std::int64_t>(id));
    text_ += "0\n";
}

}  // namespace attest::logic
