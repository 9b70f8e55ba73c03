#include "class_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

void read_place(const Options& options, const std::string& usual, const std::string& because, network::Readout& readout,
                std::vector<Assumption>& assumed) {
    if (options.read.empty()) assumed.push_back({"read", usual, because});
    const std::string place = options.read.empty() ? usual : options.read;
    if (place == "each") readout.reading = network::Readout::Reading::each;
    else if (place == "first") readout.position = 1;
    else if (place != "last") {
        char* end = nullptr;
        readout.position = std::strtol(place.c_str(), &end, 10);
        if (*end != '\0' || place.size() > 6 || readout.position == 0)
            throw base::UsageError(
                fmt::format("--read: expected first, last, each or a position (from 1, or from -1 "
                            "backwards), found {}",
                            base::quoted(place)));
    }
}

void read_accepted(const Options& options, const network::Readout& readout, network::Classes& classes,
                   std::vector<Assumption>& assumed) {
    if (options.accept.empty()) {
        if (readout.reading != network::Readout::Reading::each)
            assumed.push_back({"accept", "none", "no value is named: the model has classes and accepts nothing"});
        return;
    }
    if (readout.reading == network::Readout::Reading::each)
        throw base::UsageError("--accept: expected --read last or a position beside it, found each");
    classes.accept.assign(classes.names.size(), false);
    for (std::size_t from = 0; from <= options.accept.size();) {
        const std::size_t to = std::min(options.accept.find(',', from), options.accept.size());
        const std::string name = options.accept.substr(from, to - from);
        const auto at = std::find(classes.names.begin(), classes.names.end(), name);
        if (at == classes.names.end())
            throw base::UsageError(fmt::format("--accept: expected a value ({}), found {}",
                                               fmt::join(classes.names, ", "), base::quoted(name)));
        classes.accept[static_cast<std::size_t>(at - classes.names.begin())] = true;
        from = to + 1;
    }
    if (std::find(classes.accept.begin(), classes.accept.end(), false) == classes.accept.end())
        throw base::UsageError("--accept: expected some of the values, found all");
}

}  // namespace attest::formats::import
