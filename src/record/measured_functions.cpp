#include "record/measured_functions.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const MeasuredFunctions&);
template std::optional<MeasuredFunctions> read(const base::Json&);

}  // namespace attest::record
