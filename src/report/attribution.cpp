#include "report/attribution.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace attest::report {

namespace {

std::string line(const std::string& what, const exact::Ball& adds) {
    return fmt::format("      {:24} between {} and {}\n", what, adds.lower_text(8), adds.upper_text(8));
}

}  // namespace

std::string attribution_text(const network::Transformer& transformer, const soft::Attribution& attribution) {
    std::string text = "    what each part adds to the score";
    if (attribution.accepted) {
        const auto name = [&](std::size_t c) { return base::printable(transformer.readout.classes->names[c]); };
        text +=
            fmt::format(", the logit of {} less that of {}", name(*attribution.accepted), name(*attribution.rejected));
    }
    text += "\n";
    for (const soft::Contribution& part : attribution.parts) text += line(to_string(part), part.adds);
    return text + line("sum", attribution.sum);
}

}  // namespace attest::report
