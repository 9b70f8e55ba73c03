#include "record/maximum.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Maximum&);
template std::optional<Maximum> read(const base::Json&);

}  // namespace attest::record
