#include <fmt/format.h>

#include "output_views.hpp"
#include "record/restriction.hpp"
#include "restricted_word.hpp"

namespace attest::report {

namespace {

using record::Restriction;
using Optimum = Restriction::Optimum;

std::string fixed_text(const Optimum& optimum) {
    std::string text;
    for (const auto& [position, symbol] : optimum.fixed)
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", position, symbol);
    return text.empty() ? "none" : text;
}

std::string optimality(const Optimum& optimum) { return optimum.optimal ? "yes" : "not known"; }

void write_sentence(Html& html, const Restriction& r) {
    if (r.nothing_free) {
        html.leaf("p", "No position can be left free: both answers stay possible whichever one is.");
        return;
    }
    html.leaf("p",
              fmt::format("{} of {} positions can stay free: once the others are fixed as shown, every word is {}{}.",
                          r.free, r.length,
                          r.constant == "accept"   ? "accepted"
                          : r.constant == "reject" ? "rejected"
                                                   : "answered alike",
                          r.optimal ? ", and no restriction leaves more free" : " (not known to be the most)"));
    if (r.pair && r.pair->size() == 2)
        html.leaf("p", fmt::format("So “{}” and “{}”, which differ in one symbol, get the same answer: the model "
                                   "recognises no language that tells them apart, such as parity.",
                                   r.pair->front(), r.pair->back()));
}

}  // namespace

bool write_restrict_output(Context& page, const base::Json& document) {
    const auto restriction = record::read<Restriction>(document);
    if (!restriction || restriction->length < 0) return false;
    write_sentence(page.html, *restriction);
    write_restriction(page, restriction->fixed, restriction->length);
    write_records<Optimum>(page.html,
                           "What can stay free, by how many of the free positions the answer may still depend on",
                           restriction->dependence,
                           {column(&Optimum::at_most, "Depends on at most"),
                            column(&Optimum::free, "Free"),
                            {"Fixed", fixed_text, false, {}},
                            {"As many as can be", optimality, false, {}}});
    return true;
}

}  // namespace attest::report
