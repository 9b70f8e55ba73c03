#include "record/export.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Export&);
template std::optional<Export> read(const base::Json&);

}  // namespace attest::record
