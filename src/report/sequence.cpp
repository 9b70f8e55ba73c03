#include "sequence.hpp"

#include <fmt/format.h>

namespace attest::report {

std::string place(const std::vector<std::string>& sequence, std::int64_t position) {
    return fmt::format("{} '{}'", position, sequence[static_cast<std::size_t>(position - 1)]);
}

std::string read_where(const network::Transformer& t, const std::vector<std::string>& sequence) {
    if (t.readout.reading == network::Readout::Reading::one)
        return "at " + place(sequence, t.readout_position(static_cast<std::int64_t>(sequence.size())));
    if (t.readout.pools()) return t.readout.reading == network::Readout::Reading::sum ? "as the sum" : "as the mean";
    return "at each position";
}

}  // namespace attest::report
