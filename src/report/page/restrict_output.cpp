#include <fmt/format.h>

#include "json_view.hpp"
#include "output_views.hpp"
#include "restricted_word.hpp"

namespace attest::report {

namespace {

using base::Json;

std::string fixed_text(const Json& record) {
    std::string text;
    for (const auto& [position, symbol] : members(find(record, "fixed")))
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", position, text_of(&symbol));
    return text.empty() ? "none" : text;
}

std::string optimality(const Json& record) {
    const std::string optimal = text_at(record, "optimal");
    return optimal == "true" ? "yes" : optimal == "false" ? "not known" : "";
}

void write_sentence(Html& html, const Json& document, std::int64_t length) {
    if (text_at(document, "nothing_free") == "true") {
        html.leaf("p", "No position can be left free: both answers stay possible whichever one is.");
        return;
    }
    const std::string answer = text_at(document, "constant");
    html.leaf("p",
              fmt::format("{} of {} positions can stay free: once the others are fixed as shown, every word is {}{}.",
                          text_at(document, "free"), length,
                          answer == "accept"   ? "accepted"
                          : answer == "reject" ? "rejected"
                                               : "answered alike",
                          text_at(document, "optimal") == "true" ? ", and no restriction leaves more free"
                                                                 : " (not known to be the most)"));
    const Json::Array& pair = elements(find(document, "pair"));
    if (pair.size() == 2)
        html.leaf("p", fmt::format("So “{}” and “{}”, which differ in one symbol, get the same answer: the model "
                                   "recognises no language that tells them apart, such as parity.",
                                   text_of(&pair[0]), text_of(&pair[1])));
}

}  // namespace

void write_restrict_output(Context& page, const Json& document) {
    const auto length = whole_of(find(document, "length"));
    const Json* fixed = find(document, "fixed");
    if (!length || fixed == nullptr || !fixed->is_object()) return;
    write_sentence(page.html, document, *length);
    write_restriction(page, *fixed, *length);
    write_records(page.html, "What can stay free, by how many of the free positions the answer may still depend on",
                  elements(find(document, "dependence")),
                  {number_column("at_most", "Depends on at most"),
                   number_column("free", "Free"),
                   {"Fixed", fixed_text, false, {}},
                   {"As many as can be", optimality, false, {}}});
}

}  // namespace attest::report
