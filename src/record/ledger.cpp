#include "record/ledger.hpp"

#include "base/json_text.hpp"
#include "fields.hpp"

namespace attest::record {

std::string to_line(const LedgerResult& result) {
    return base::json_text(to_json(result), -1, base::NotUtf8::replaced);
}

template nlohmann::ordered_json write(const LedgerResult&);
template std::optional<LedgerResult> read(const base::Json&);
template nlohmann::ordered_json write(const Ledger&);
template std::optional<Ledger> read(const base::Json&);
template nlohmann::ordered_json write(const LedgerRun&);
template std::optional<LedgerRun> read(const base::Json&);

}  // namespace attest::record
