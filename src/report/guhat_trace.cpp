#include <fmt/format.h>

#include "report/trace.hpp"
#include "sequence.hpp"

namespace attest::report {

namespace {

/// Calls with the asking position (from 0) and the position that it looks at.
template <typename Visit>
void each_look(const std::vector<std::int64_t>& head, Visit visit) {
    for (std::size_t p = 0; p < head.size(); ++p)
        if (head[p] != 0) visit(p, head[p]);
}

}  // namespace

std::string trace_text(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace,
                       bool accepts) {
    const std::vector<std::string> symbols = sequence(tables, word);
    std::string text;
    for (std::size_t l = 0; l < trace.attended.size(); ++l)
        for (std::size_t h = 0; h < trace.attended[l].size(); ++h) {
            text += fmt::format("    layer {}, head {}\n", l + 1, h + 1);
            each_look(trace.attended[l][h], [&](std::size_t p, std::int64_t j) {
                text += fmt::format("      {} '{}' → {} '{}'\n", p + 1, symbols[p], j,
                                    symbols[static_cast<std::size_t>(j - 1)]);
            });
        }
    return text +
           fmt::format("    read at {} '{}': {}\n", symbols.size(), symbols.back(), accepts ? "accept" : "reject");
}

}  // namespace attest::report
