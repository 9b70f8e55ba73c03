#include "record/lists.hpp"

#include "fields.hpp"

namespace attest::record {

template nlohmann::ordered_json write(const Languages&);
template std::optional<Languages> read(const base::Json&);
template nlohmann::ordered_json write(const Tasks&);
template std::optional<Tasks> read(const base::Json&);
template nlohmann::ordered_json write(const Doctor&);
template std::optional<Doctor> read(const base::Json&);
template nlohmann::ordered_json write(const Cite&);
template std::optional<Cite> read(const base::Json&);
template nlohmann::ordered_json write(const Completion&);
template std::optional<Completion> read(const base::Json&);
template nlohmann::ordered_json write(const Manual&);
template std::optional<Manual> read(const base::Json&);
template nlohmann::ordered_json write(const Report&);
template std::optional<Report> read(const base::Json&);

}  // namespace attest::record
