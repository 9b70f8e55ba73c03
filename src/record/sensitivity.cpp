#include "record/sensitivity.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Sensitivity&);
template std::optional<Sensitivity> read(const base::Json&);

}  // namespace attest::record
