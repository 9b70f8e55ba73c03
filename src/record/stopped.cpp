#include "record/stopped.hpp"

#include "fields.hpp"

namespace attest::record {

Stopped stopped(const std::string& command, const verdict::Undecided& why, std::optional<std::string> model,
                std::optional<std::int64_t> length) {
    return {command, std::move(model), length, "undecided", to_string(why.reason), why.detail};
}

template nlohmann::ordered_json write(const Stopped&);
template std::optional<Stopped> read(const base::Json&);

}  // namespace attest::record
