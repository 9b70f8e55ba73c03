#include "record/ledger.hpp"

#include "fields.hpp"

namespace attest::record {

std::string to_line(const LedgerResult& result) {
    return to_json(result).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

template nlohmann::ordered_json write(const LedgerResult&);
template std::optional<LedgerResult> read(const base::Json&);
template nlohmann::ordered_json write(const Ledger&);
template std::optional<Ledger> read(const base::Json&);
template nlohmann::ordered_json write(const LedgerRun&);
template std::optional<LedgerRun> read(const base::Json&);

}  // namespace attest::record
