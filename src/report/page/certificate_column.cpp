#include "json_view.hpp"
#include "output_views.hpp"

namespace attest::report {

Column certificate_column(const Context& page) {
    const auto target = [&page](const base::Json& record) {
        const auto id = page.by_digest.find(text_at(record, "certificate"));
        return id == page.by_digest.end() ? "" : "#" + id->second;
    };
    const auto words = [target](const base::Json& record) -> std::string {
        if (text_at(record, "certificate").empty()) return "";
        return target(record).empty() ? "not here: nothing was checked" : "accepted, see the claim";
    };
    return {"Certificate", words, false, target};
}

}  // namespace attest::report
