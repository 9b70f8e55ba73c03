#include "record/census.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Census&);
template std::optional<Census> read(const base::Json&);

}  // namespace attest::record
