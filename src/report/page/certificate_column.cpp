#include "output_views.hpp"

namespace attest::report {

std::string certificate_place(const Context& page, const std::optional<std::string>& digest) {
    const auto id = page.by_digest.find(digest.value_or(""));
    return id == page.by_digest.end() ? "" : "#" + id->second;
}

std::string certificate_words(const Context& page, const std::optional<std::string>& digest) {
    if (!digest || digest->empty()) return "";
    return certificate_place(page, digest).empty() ? "not here: nothing was checked" : "accepted, see the claim";
}

}  // namespace attest::report
