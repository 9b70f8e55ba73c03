#include "record/archive.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Archive&);
template std::optional<Archive> read(const base::Json&);

}  // namespace attest::record
