#include "record/jobs.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Jobs&);
template std::optional<Jobs> read(const base::Json&);

}  // namespace attest::record
